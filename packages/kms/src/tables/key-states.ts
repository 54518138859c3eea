// Which operation works on a key in which state, and with what error it fails: 46 operations, 8 states.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html (the numbers in brackets are its footnotes)

import type { KeySpec } from '@kmsim/hsm-core';
import type { ErrorCode } from '../api/errors.ts';
import type { OperationName } from '../api/shapes.ts';

export type KeyState =
  | 'Creating'
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingReplicaDeletion'
  | 'PendingImport'
  | 'Unavailable'
  | 'Updating';

export type KeyOrigin = 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';

/** Whether keys of that origin live in a custom key store. */
export function isInKeyStore(origin: KeyOrigin): boolean {
  return origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
}

/** What a conditional cell may look at. */
export interface KeyFacts {
  readonly origin: KeyOrigin;
  readonly keySpec: KeySpec;
  readonly inCustomKeyStore: boolean;
}

/** Operations on no existing key have no column in the guide's table. */
export type KeyedOperation = Exclude<
  OperationName,
  | 'CreateKey'
  | 'ListKeys'
  | 'GenerateRandom'
  | 'ListRetirableGrants'
  | 'CreateCustomKeyStore'
  | 'ConnectCustomKeyStore'
  | 'DisconnectCustomKeyStore'
  | 'UpdateCustomKeyStore'
  | 'DeleteCustomKeyStore'
  | 'DescribeCustomKeyStores'
>;

export type Verdict =
  | 'disabled'
  | 'pendingDeletion'
  | 'pendingReplicaDeletion'
  | 'pendingImport'
  | 'unavailable'
  | 'creating'
  | 'updating'
  | 'notPendingDeletion'
  | 'originNotValid';

// The table under "Error codes" of https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md
export const notConnectedToProxy =
  'This KMS key is in a custom key store that is not connected to its external key store proxy. Connect the external key store and try the request again.';

export interface Refusal {
  readonly code: ErrorCode;
  /** `{keyArn}` and `{origin}` stand for values. */
  readonly template: string;
  /** What is said of keys of some origins instead. */
  readonly ofOrigin?: { readonly [Origin in KeyOrigin]?: string };
}

const invalidState = (template: string): Refusal => ({ code: 'KMSInvalidStateException', template });

// The texts of the footnotes. The guide leaves the class of the pending states open ([2] or [3]): the one every
// management row has is used for all. Recorded: rotate-disabled-key, import-key-symmetric, get-parameters-for-import.
export const verdicts: Readonly<Record<Verdict, Refusal>> = {
  // [1]
  disabled: { code: 'DisabledException', template: '{keyArn} is disabled.' },
  // [3] [4] [5]
  pendingDeletion: invalidState('{keyArn} is pending deletion.'),
  pendingReplicaDeletion: invalidState('{keyArn} is pending replica deletion.'),
  notPendingDeletion: invalidState('{keyArn} is not pending deletion (or pending replica deletion).'),
  pendingImport: invalidState('{keyArn} is pending import.'),
  // [6] [7] [9]
  originNotValid: {
    code: 'UnsupportedOperationException',
    template: '{keyArn} origin is {origin} which is not valid for this operation.',
  },
  // [11] [14] [15]
  unavailable: {
    ...invalidState('{keyArn} is unavailable.'),
    ofOrigin: { EXTERNAL_KEY_STORE: notConnectedToProxy },
  },
  creating: invalidState('{keyArn} is creating.'),
  updating: invalidState('{keyArn} is updating.'),
};

/** 'byType': only keys that requireType refuses anyway get into this state, so it speaks and the state does not. */
export type Plain = 'ok' | 'byType' | Verdict;
export type Cell = Plain | ((facts: KeyFacts) => Plain);
export type Row = Readonly<Record<KeyState, Cell>>;

// [8] [9]: only a key that has or can have imported material.
function imported(then: Plain): Cell {
  return (facts) => (facts.origin === 'EXTERNAL' ? then : 'originNotValid');
}

// [7]: only a key whose material KMS made and keeps.
function madeByKms(then: Plain): Cell {
  return (facts) => (facts.origin === 'EXTERNAL' || facts.inCustomKeyStore ? 'originNotValid' : then);
}

function keptByKms(then: Plain): Cell {
  return (facts) => (facts.inCustomKeyStore ? 'originNotValid' : then);
}

const always: Row = {
  Creating: 'ok',
  Enabled: 'ok',
  Disabled: 'ok',
  PendingDeletion: 'ok',
  PendingReplicaDeletion: 'ok',
  PendingImport: 'ok',
  Unavailable: 'ok',
  Updating: 'ok',
};
const untilDeletion: Row = {
  ...always,
  PendingDeletion: 'pendingDeletion',
  PendingReplicaDeletion: 'pendingReplicaDeletion',
};
const whileUsable: Row = {
  ...untilDeletion,
  Disabled: 'disabled',
  PendingImport: 'pendingImport',
  Creating: 'creating',
};
// Custom key stores hold symmetric encryption keys only, and no multi-Region keys.
const cryptographic: Row = { ...whileUsable, Unavailable: 'unavailable' };
const neverInKeyStores: Row = { ...whileUsable, Unavailable: 'byType' };
// [12]: in a disconnected store the call succeeds and shows once the store is back.
const switching: Row = { ...untilDeletion, PendingImport: 'pendingImport', Creating: 'creating', Updating: 'updating' };
const automaticRotation: Row = {
  Creating: 'creating',
  Enabled: madeByKms('ok'),
  Disabled: madeByKms('disabled'),
  PendingDeletion: madeByKms('pendingDeletion'),
  PendingReplicaDeletion: madeByKms('pendingReplicaDeletion'),
  PendingImport: 'originNotValid',
  Unavailable: 'originNotValid',
  Updating: madeByKms('ok'),
};
// symm-asymm-compare.html and API_GetKeyRotationStatus against key-state.html: an imported key answers, KeyRotationEnabled false.
const rotationStatus: Row = {
  Creating: keptByKms('ok'),
  Enabled: keptByKms('ok'),
  Disabled: keptByKms('ok'),
  PendingDeletion: keptByKms('ok'),
  PendingReplicaDeletion: keptByKms('ok'),
  PendingImport: keptByKms('ok'),
  Unavailable: 'originNotValid',
  Updating: keptByKms('ok'),
};
const importing: Row = {
  Creating: 'creating',
  Enabled: imported('ok'),
  Disabled: imported('ok'),
  PendingDeletion: imported('pendingDeletion'),
  PendingReplicaDeletion: imported('pendingReplicaDeletion'),
  PendingImport: 'ok',
  Unavailable: 'originNotValid',
  Updating: 'ok',
};
const cancelling: Row = {
  Creating: 'notPendingDeletion',
  Enabled: 'notPendingDeletion',
  Disabled: 'notPendingDeletion',
  PendingDeletion: 'ok',
  PendingReplicaDeletion: 'ok',
  PendingImport: 'notPendingDeletion',
  Unavailable: 'notPendingDeletion', // [13]: a key pending deletion stays so when its store disconnects
  Updating: 'notPendingDeletion',
};

// Not in the guide, inferred from the errors the API reference lists: Decapsulate, DeriveSharedSecret, Encapsulate (as Sign),
// GetKeyLastUsage (as DescribeKey), ListKeyRotations, RotateKeyOnDemand (as EnableKeyRotation, and rotate-disabled-key).
export const keyStates: Readonly<Record<KeyedOperation, Row>> = {
  CancelKeyDeletion: cancelling,
  CreateAlias: untilDeletion,
  CreateGrant: whileUsable,
  Decapsulate: neverInKeyStores,
  Decrypt: cryptographic,
  DeleteAlias: always,
  DeleteImportedKeyMaterial: {
    ...importing,
    PendingDeletion: imported('ok'),
    PendingReplicaDeletion: imported('ok'),
    Updating: 'updating',
  },
  DeriveSharedSecret: neverInKeyStores,
  DescribeKey: always,
  DisableKey: switching,
  DisableKeyRotation: automaticRotation,
  EnableKey: switching,
  EnableKeyRotation: automaticRotation,
  Encapsulate: neverInKeyStores,
  Encrypt: cryptographic,
  GenerateDataKey: cryptographic,
  GenerateDataKeyPair: cryptographic,
  GenerateDataKeyPairWithoutPlaintext: cryptographic,
  GenerateDataKeyWithoutPlaintext: cryptographic,
  GenerateMac: neverInKeyStores,
  GetKeyLastUsage: always,
  GetKeyPolicy: always,
  GetKeyRotationStatus: rotationStatus,
  GetParametersForImport: { ...importing, Updating: 'updating' },
  GetPublicKey: neverInKeyStores,
  ImportKeyMaterial: importing,
  ListAliases: always,
  ListGrants: always,
  ListKeyPolicies: always,
  ListKeyRotations: { ...always, Unavailable: 'byType', Creating: 'creating' },
  ListResourceTags: always,
  PutKeyPolicy: always,
  ReEncrypt: cryptographic,
  ReplicateKey: { ...neverInKeyStores, Updating: 'updating' },
  RetireGrant: always,
  RevokeGrant: always,
  RotateKeyOnDemand: neverInKeyStores,
  ScheduleKeyDeletion: { ...untilDeletion, Updating: 'updating' },
  Sign: neverInKeyStores,
  TagResource: untilDeletion,
  UntagResource: untilDeletion,
  UpdateAlias: untilDeletion, // [10]: the key the alias is moved to; the one it leaves may be pending
  UpdateKeyDescription: untilDeletion,
  UpdatePrimaryRegion: neverInKeyStores,
  Verify: neverInKeyStores,
  VerifyMac: neverInKeyStores,
};

/** What stands against the operation, or undefined when the state allows it. */
export function judge(operation: KeyedOperation, state: KeyState, facts: KeyFacts): Verdict | undefined {
  const cell = keyStates[operation][state];
  const plain = typeof cell === 'function' ? cell(facts) : cell;
  return plain === 'ok' || plain === 'byType' ? undefined : plain;
}

export function message(verdict: Verdict, keyArn: string, facts: Pick<KeyFacts, 'origin'>): string {
  const { ofOrigin, template } = verdicts[verdict];
  return (ofOrigin?.[facts.origin] ?? template).replace('{origin}', facts.origin).replace('{keyArn}', keyArn);
}
