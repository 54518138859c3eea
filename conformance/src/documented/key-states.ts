// The table of operations and key states, cell by cell.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

import type { Filed } from '../load.ts';
import type { ErrorPattern, Step } from '../transcript.ts';
import { importSteps, type Probe, probes } from './probes.ts';
import { claim, documented, keyArn, keyId, step } from './scenario.ts';

const page = 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html';

export const keyStates = [
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'PendingImport',
  'Creating',
  'Updating',
  'Unavailable',
] as const;
export type KeyState = (typeof keyStates)[number];

// The footnotes of the page that refuse. [2] and [3] have one text, and the recordings the class of [3].
const footnotes: Readonly<Record<string, ErrorPattern>> = {
  1: refusal('DisabledException', 'is disabled.'),
  3: refusal('KMSInvalidStateException', 'is pending ${what}.'),
  4: refusal('KMSInvalidStateException', 'is not pending deletion (or pending replica deletion).'),
  5: refusal('KMSInvalidStateException', 'is pending import.'),
  6: refusal('UnsupportedOperationException', 'origin is EXTERNAL which is not valid for this operation.'),
  11: refusal('KMSInvalidStateException', 'is unavailable.'),
  14: refusal('KMSInvalidStateException', 'is creating.'),
  15: refusal('KMSInvalidStateException', 'is updating.'),
};

const using = '- 1 3 3 5 14 - 11';
const usingOutsideStores = '- 1 3 3 5 14 - .';
const changing = '- - 3 3 - - - -';
const reading = '- - - - - - - -';
const switching = '- - 3 3 5 14 15 -';
const rotating = '- 1 3 3 6 14 - .';

/**
 * A cell for each state: `-` succeeds, a number is the footnote that refuses, `.` stands where no key of the kind gets into the state.
 * For keys that the operation is for: of origin EXTERNAL for the import, with material of KMS for the rotation.
 */
export const stateTable: Readonly<Record<string, string>> = {
  CancelKeyDeletion: '4 4 - - 4 4 4 4',
  CreateAlias: changing,
  CreateGrant: '- 1 3 3 5 14 - -',
  Decrypt: using,
  DeleteAlias: reading,
  DeleteImportedKeyMaterial: '- - - - - 14 15 .',
  DescribeKey: reading,
  DisableKey: switching,
  DisableKeyRotation: rotating,
  EnableKey: switching,
  EnableKeyRotation: rotating,
  Encrypt: using,
  GenerateDataKey: using,
  GenerateDataKeyPair: using,
  GenerateDataKeyPairWithoutPlaintext: using,
  GenerateDataKeyWithoutPlaintext: using,
  GenerateMac: usingOutsideStores,
  GetKeyPolicy: reading,
  GetKeyRotationStatus: '- - - - - - - .',
  GetParametersForImport: '- - 3 3 - 14 15 .',
  GetPublicKey: usingOutsideStores,
  ImportKeyMaterial: '- - 3 3 - 14 - .',
  ListAliases: reading,
  ListGrants: reading,
  ListKeyPolicies: reading,
  ListResourceTags: reading,
  PutKeyPolicy: reading,
  ReEncrypt: using,
  ReplicateKey: '- 1 3 3 5 14 15 .',
  RetireGrant: reading,
  RevokeGrant: reading,
  ScheduleKeyDeletion: '- - 3 3 - - 15 -',
  Sign: usingOutsideStores,
  TagResource: changing,
  UntagResource: changing,
  UpdateAlias: changing,
  UpdateKeyDescription: changing,
  // The page lets an updating primary be updated; ReplicateKey and the promise of one change at a time say otherwise.
  UpdatePrimaryRegion: '- 1 3 3 5 14 . .',
  Verify: usingOutsideStores,
  VerifyMac: usingOutsideStores,
};

/** How a key gets there, and in which Region it is then asked about. No page says how to make a store unavailable on purpose. */
interface Road {
  readonly key?: Readonly<Record<string, boolean | string>>;
  readonly steps: readonly Step[];
  readonly region?: string;
}

const replicated: readonly Step[] = [
  step('replica', 'ReplicateKey', { KeyId: keyId, ReplicaRegion: { $template: '${region2}' } }),
  step(
    'there',
    'DescribeKey',
    { KeyId: keyId },
    {
      region: 'us-west-2',
      output: { KeyMetadata: { KeyState: 'Enabled' } },
      poll: { timeoutSeconds: 60, intervalSeconds: 2 },
      evidence: 'asserted',
    },
  ),
];
const schedule = step('schedule', 'ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays: 7 });
const multiRegion = { MultiRegion: true };

const roads: Readonly<Partial<Record<KeyState, Road>>> = {
  Enabled: { steps: [] },
  Disabled: { steps: [step('disable', 'DisableKey', { KeyId: keyId })] },
  PendingDeletion: { steps: [schedule] },
  PendingReplicaDeletion: { key: multiRegion, steps: [...replicated, schedule] },
  PendingImport: { key: { Origin: 'EXTERNAL' }, steps: [] },
  Creating: { key: multiRegion, steps: replicated.slice(0, 1), region: 'us-west-2' },
  Updating: {
    key: multiRegion,
    steps: [
      ...replicated,
      step('promote', 'UpdatePrimaryRegion', { KeyId: keyId, PrimaryRegion: { $template: '${region2}' } }),
    ],
  },
};

// An alias and a grant of the primary are none of the replica, and only a key with material can have a replica.
const local: ReadonlySet<string> = new Set(['DeleteAlias', 'RetireGrant', 'RevokeGrant', 'UpdateAlias']);

/** One scenario for each cell that can be brought about. */
export function keyStateScenarios(): readonly Filed[] {
  return Object.entries(stateTable).flatMap(([operation, cells]) =>
    keyStates.flatMap((state, at) => scenario(operation, state, cells.split(' ')[at] ?? '.')),
  );
}

function scenario(operation: string, state: KeyState, cell: string): readonly Filed[] {
  const probe = probes[operation];
  const road = roads[state];
  if (probe === undefined || road === undefined || cell === '.') return [];
  if (state === 'Creating' && local.has(operation)) return [];
  const before = beforehand(probe, state);
  if (before === undefined) return [];
  const error = footnotes[cell];
  const where = road.region === undefined ? {} : { region: road.region };
  const steps = [
    step('key', 'CreateKey', { ...road.key, ...probe.key }),
    ...before,
    ...road.steps,
    ...(state === 'Enabled' && 'PrimaryRegion' in probe.input ? replicated : []),
    claim(operation, probe.input, error && named(error, state), where),
  ];
  return [documented('key-states', `${operation}-${state}`, page, steps)];
}

// A key of origin EXTERNAL can be used once it has its material, and waits for it again when that is deleted.
function beforehand({ before = [], key = {} }: Probe, state: KeyState): readonly Step[] | undefined {
  if (key['Origin'] === 'EXTERNAL') {
    if (roads[state]?.key === multiRegion) return undefined;
    return state === 'PendingImport' ? before : [...importSteps, ...before.filter(({ id }) => id !== 'material')];
  }
  if (state !== 'PendingImport' || !before.some(usesMaterial)) return before;
  // 32 bytes are a symmetric key.
  if (String(key['KeySpec'] ?? '').startsWith('ECC')) return undefined;
  return [...importSteps, ...before, step('delete', 'DeleteImportedKeyMaterial', { KeyId: keyId })];
}

function usesMaterial(one: Step): boolean {
  return 'op' in one && stateTable[one.op]?.split(' ')[keyStates.indexOf('PendingImport')] === '5';
}

function refusal(code: string, text: string): ErrorPattern {
  return { code, status: 400, message: text };
}

function named({ message, ...error }: ErrorPattern, state: KeyState): ErrorPattern {
  const arn = state === 'Creating' ? keyArn.replace('${region}', '${region2}') : keyArn;
  const what = state === 'PendingReplicaDeletion' ? 'replica deletion' : 'deletion';
  return { ...error, message: { $template: `${arn} ${String(message).replace('${what}', what)}` } };
}
