// What the API reference says an operation does: that it succeeds, and its errors, each with a request that brings it about.

import { type OperationName, operationShapes } from '@kmsim/kms';
import type { Filed } from '../load.ts';
import type { ErrorPattern, Json, Step } from '../transcript.ts';
import { stateTable } from './key-states.ts';
import { type Probe, probes } from './probes.ts';
import { claim, documented, keyId, step } from './scenario.ts';

const reference = (operation: string): string =>
  `https://docs.aws.amazon.com/kms/latest/APIReference/API_${operation}.html`;

const nobody = '12345678-90ab-4cde-8f01-234567890abc';

interface Case {
  readonly operation: OperationName;
  readonly code: string;
  readonly key?: Probe['key'];
  readonly before?: readonly Step[];
  readonly input: Probe['input'];
}

// The operations of which the table of key states says nothing.
function successes(): readonly Filed[] {
  return Object.entries(probes).flatMap(([operation, { before = [], input, key = {} }]) =>
    Object.hasOwn(stateTable, operation)
      ? []
      : documented('operations', `${operation}-success`, reference(operation), [
          step('key', 'CreateKey', key),
          ...before,
          claim(operation, input),
        ]),
  );
}

export function operationScenarios(): readonly Filed[] {
  return [...successes(), ...refusals()];
}

// The code alone is claimed: the words are in the recordings or nowhere.
function refusals(): readonly Filed[] {
  return [...unknownKeys(), ...wrongArns(), ...dryRuns(), ...wrongUsages(), ...wrongMarkers(), ...single].map(
    ({ before = [], code, input, key = {}, operation }) =>
      documented('errors', `${operation}-${code}`, reference(operation), [
        step('key', 'CreateKey', key),
        ...before,
        claim(operation, input, { code } satisfies ErrorPattern),
      ]),
  );
}

function families(code: string, make: (operation: OperationName, probe: Probe) => Case | undefined): readonly Case[] {
  return Object.entries(probes).flatMap(([name, probe]) => {
    const operation = name as OperationName;
    if (!(operationShapes[operation].errors as readonly string[]).includes(code)) return [];
    const one = make(operation, probe);
    return one === undefined ? [] : [one];
  });
}

// "The request was rejected because the specified entity or resource could not be found."
function unknownKeys(): readonly Case[] {
  return families('NotFoundException', (operation, probe) => {
    if (operation === 'DeleteAlias') return { operation, code: 'NotFoundException', input: probe.input };
    return { operation, code: 'NotFoundException', ...withKey(probe, nobody, nobodysArn) };
  });
}

// "The request was rejected because a specified ARN, or an ARN in a key policy, is not valid."
function wrongArns(): readonly Case[] {
  return families('InvalidArnException', (operation, probe) => {
    const made = withKey(probe, noArn, noArn);
    return { operation, code: 'InvalidArnException', ...made };
  });
}

const noArn: Json = { $template: 'arn:aws:kms:${region}:${account}' };
const nobodysArn: Json = { $template: `arn:aws:kms:\${region}:\${account}:key/${nobody}` };

// Ciphertexts are read to find their key, so these have to be real. Elsewhere the key is looked for first, and anything will do.
const real: ReadonlySet<string> = new Set(['Encrypt', 'CreateAlias', 'CreateKey']);

/** The request about another key than the one of the scenario. */
function withKey({ before = [], input, key = {} }: Probe, id: Json, arn: Json): Pick<Case, 'before' | 'input' | 'key'> {
  const needed = before.every((one) => !('op' in one) || real.has(one.op));
  let text = JSON.stringify(input)
    .replaceAll(JSON.stringify(keyId), JSON.stringify(id))
    .replaceAll('{"$ref":"key.KeyMetadata.Arn"}', JSON.stringify(arn));
  if (!needed) {
    text = text
      .replaceAll('{"$ref":"grant.GrantId"}', JSON.stringify('0'.repeat(64)))
      .replaceAll(/\{"\$rsaOaepWrap":.*?\}\}\}|\{"\$ref":"[^"]*"\}/g, '{"$utf8":"anything at all"}');
  }
  return { key: needed ? key : {}, before: needed ? before : [], input: JSON.parse(text) as Probe['input'] };
}

// https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
function dryRuns(): readonly Case[] {
  return families('DryRunOperationException', (operation, { before = [], input, key = {} }) => ({
    ...{ operation, code: 'DryRunOperationException', key, before },
    input: { ...input, DryRun: true },
  }));
}

const signing = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };

// "KeyUsage must be ..." of each: a key for signatures where encryption is asked for, and a key for encryption elsewhere.
function wrongUsages(): readonly Case[] {
  return families('InvalidKeyUsageException', (operation, { before = [], input, key = {} }) => {
    // What has to be made with the right key first cannot be asked of the wrong one.
    if (before.some((one) => 'op' in one) || operation === 'GetPublicKey') return undefined;
    const other = 'KeyUsage' in key ? {} : signing;
    return { operation, code: 'InvalidKeyUsageException', key: other, before, input };
  });
}

// "The request was rejected because the marker that specifies where pagination should next begin is not valid."
function wrongMarkers(): readonly Case[] {
  const keyed = families('InvalidMarkerException', (operation, { input }) => ({
    ...{ operation, code: 'InvalidMarkerException' },
    input: { ...input, Marker: 'no marker' },
  }));
  return [...keyed, { operation: 'ListKeys', code: 'InvalidMarkerException', input: { Marker: 'no marker' } }];
}

const alias: Json = { $template: 'alias/${uid1}' };
const aliased = step('first', 'CreateAlias', { AliasName: alias, TargetKeyId: keyId });
const badPolicy = '{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps"}]}';
const encrypted = step('enc', 'Encrypt', { KeyId: keyId, Plaintext: { $utf8: 'a' } });
const ciphertext: Json = { $ref: 'enc.CiphertextBlob' };
const other = step('other', 'CreateKey');
const otherId: Json = { $ref: 'other.KeyMetadata.KeyId' };
const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };

const store = 'cks-1234567890abcdef0';
const storeCases: readonly Case[] = (
  ['ConnectCustomKeyStore', 'DeleteCustomKeyStore', 'DisconnectCustomKeyStore', 'UpdateCustomKeyStore'] as const
).map((operation) => ({ operation, code: 'CustomKeyStoreNotFoundException', input: { CustomKeyStoreId: store } }));

const single: readonly Case[] = [
  ...storeCases,
  {
    ...{ operation: 'DescribeCustomKeyStores', code: 'CustomKeyStoreNotFoundException' },
    input: { CustomKeyStoreId: store },
  },
  {
    ...{ operation: 'CreateCustomKeyStore', code: 'CloudHsmClusterNotFoundException' },
    input: {
      ...{ CustomKeyStoreName: 'store', CloudHsmClusterId: 'cluster-abcdefghijk' },
      ...{ TrustAnchorCertificate: 'a certificate', KeyStorePassword: 'a password' },
    },
  },
  {
    ...{ operation: 'ListRetirableGrants', code: 'InvalidMarkerException' },
    input: { RetiringPrincipal: { $template: '${callerArn}' }, Marker: 'no marker' },
  },
  { operation: 'CreateAlias', code: 'AlreadyExistsException', before: [aliased], input: aliased.input },
  {
    ...{ operation: 'CreateAlias', code: 'InvalidAliasNameException' },
    input: { AliasName: 'alias/aws/mine', TargetKeyId: keyId },
  },
  { operation: 'CreateKey', code: 'MalformedPolicyDocumentException', input: { Policy: badPolicy } },
  { operation: 'PutKeyPolicy', code: 'MalformedPolicyDocumentException', input: { KeyId: keyId, Policy: badPolicy } },
  {
    ...{ operation: 'ReEncrypt', code: 'InvalidCiphertextException', before: [encrypted] },
    input: { CiphertextBlob: ciphertext, DestinationKeyId: keyId, SourceEncryptionContext: { a: 'b' } },
  },
  {
    ...{ operation: 'Decrypt', code: 'IncorrectKeyException', before: [encrypted, other] },
    input: { CiphertextBlob: ciphertext, KeyId: otherId },
  },
  {
    ...{ operation: 'ReEncrypt', code: 'IncorrectKeyException', before: [encrypted, other] },
    input: { CiphertextBlob: ciphertext, SourceKeyId: otherId, DestinationKeyId: keyId },
  },
  { operation: 'EnableKeyRotation', code: 'UnsupportedOperationException', key: hmac, input: { KeyId: keyId } },
  { operation: 'DisableKeyRotation', code: 'UnsupportedOperationException', key: hmac, input: { KeyId: keyId } },
  { operation: 'RotateKeyOnDemand', code: 'UnsupportedOperationException', key: hmac, input: { KeyId: keyId } },
  { operation: 'GetPublicKey', code: 'UnsupportedOperationException', input: { KeyId: keyId } },
  {
    operation: 'ReplicateKey',
    code: 'UnsupportedOperationException',
    input: { KeyId: keyId, ReplicaRegion: 'us-west-2' },
  },
  { operation: 'DeleteImportedKeyMaterial', code: 'UnsupportedOperationException', input: { KeyId: keyId } },
  {
    operation: 'RevokeGrant',
    code: 'InvalidGrantIdException',
    input: { KeyId: keyId, GrantId: 'no grant of this key' },
  },
  {
    ...{ operation: 'CreateKey', code: 'CustomKeyStoreNotFoundException' },
    input: { CustomKeyStoreId: store, Origin: 'AWS_CLOUDHSM' },
  },
];
