// ImportKeyMaterial: https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html
// What is wrong with tokens, wraps and material: import-faults.test.ts. Several materials: state/imported-material.test.ts.

import { beforeAll, describe, expect, test } from 'vitest';
import type { OperationInputs } from '../../src/api/types.ts';
import { administratorOf, caller, dayMs, everything, ours, policyText, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { type Given, Importer, octets, wrap } from './import-suite.ts';
import { aboutKey } from './key-suite.ts';

beforeAll(() => librariesLoaded());

// All engines of one seed make the same first key, so one set of parameters serves them.
const made = new Map<string, Omit<OperationInputs['ImportKeyMaterial'], 'KeyId'>>();

aboutKey({
  operation: 'ImportKeyMaterial',
  key: { Origin: 'EXTERNAL' },
  prepare: (engine, KeyId) => {
    const known = made.get(KeyId) ?? requestFor(engine, KeyId);
    made.set(KeyId, known);
    return (name) => ({ KeyId: name, ...known });
  },
  names: 'key',
  otherAccounts: false,
  pendingDeletion: 'KMSInvalidStateException',
});

function requestFor(engine: TestEngine, KeyId: string): Omit<OperationInputs['ImportKeyMaterial'], 'KeyId'> {
  const algorithm = 'RSAES_OAEP_SHA_256';
  const input = { KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec: 'RSA_2048' } as const;
  const { ImportToken = octets(0), PublicKey = octets(0) } = engine.call('GetParametersForImport', input);
  const EncryptedKeyMaterial = wrap(algorithm, PublicKey, octets(1));
  return { ImportToken, EncryptedKeyMaterial, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
}

describe('ImportKeyMaterial', () => {
  test('makes the key usable, and says which material it was', () => {
    const importer = new Importer();
    expect(importer.describe()).toMatchObject({ KeyState: 'PendingImport', Enabled: false });
    expect(importer.describe()).not.toHaveProperty('CurrentKeyMaterialId');
    const answer = importer.call('ImportKeyMaterial', importer.request(octets(1)));
    expect(answer).toStrictEqual({
      KeyId: importer.key.Arn,
      KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(importer.describe()).toMatchObject({
      KeyState: 'Enabled',
      Enabled: true,
      Origin: 'EXTERNAL',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      CurrentKeyMaterialId: answer.KeyMaterialId,
    });
    const blob = importer.engine.encrypt(importer.key.Arn, 'text');
    expect(importer.engine.call('Decrypt', { CiphertextBlob: blob }).KeyMaterialId).toBe(answer.KeyMaterialId);
  });

  test('the id of material follows from the key and the bytes', () => {
    const [one, again] = [new Importer(), new Importer()];
    expect(one.key.Arn).toBe(again.key.Arn);
    const id = one.import(octets(1));
    expect(again.import(octets(1), { ValidTo: new Date(one.engine.now + 1) })).toBe(id);
    const other = new Importer(one.engine);
    expect(other.import(octets(1))).not.toBe(id);
    expect(other.import(octets(2), { ImportType: 'NEW_KEY_MATERIAL' })).not.toBe(id);
  });

  test('the same bytes in another key do not open the ciphertexts of the first', () => {
    const engine = new TestEngine();
    const [one, other] = [new Importer(engine), new Importer(engine)];
    one.import(octets(1));
    other.import(octets(1));
    const CiphertextBlob = engine.encrypt(one.key.Arn);
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId: other.key.Arn }).code).toBe('IncorrectKeyException');
    expect(engine.call('Decrypt', { CiphertextBlob }).KeyId).toBe(one.key.Arn);
  });

  test('the caller keeps its bytes', () => {
    const importer = new Importer();
    const input = importer.request(octets(1));
    const before = structuredClone(input);
    importer.call('ImportKeyMaterial', input);
    expect(input).toEqual(before);
  });

  test('a disabled key takes its material again, and stays disabled', () => {
    const importer = new Importer();
    const id = importer.import(octets(1));
    importer.engine.call('DisableKey', { KeyId: importer.key.Arn });
    expect(importer.import(octets(1), { ValidTo: new Date(importer.engine.now + dayMs) })).toBe(id);
    expect(importer.state).toBe('Disabled');
  });

  // "When this operation is successful, the state of the KMS key changes to Enabled."
  test('a key that was disabled before its material went away is enabled with it', () => {
    const importer = new Importer();
    importer.import(octets(1));
    importer.engine.call('DisableKey', { KeyId: importer.key.Arn });
    importer.delete();
    expect(importer.state).toBe('PendingImport');
    importer.import(octets(1));
    expect(importer.state).toBe('Enabled');
  });

  test('an AWS_KMS key is refused', () => {
    const importer = new Importer();
    const { Arn } = importer.engine.createKey();
    expect(importer.refusal(octets(1), { KeyId: Arn })).toEqual({
      code: 'UnsupportedOperationException',
      message: `${Arn} origin is AWS_KMS which is not valid for this operation.`,
    });
  });
});

describe('when it expires', () => {
  const model = (ExpirationModel: Given['ExpirationModel']): Given => ({ ExpirationModel });

  // Recording import-key-symmetric has the first text.
  test.each<[string, (now: number) => Given, string]>([
    [
      'KEY_MATERIAL_EXPIRES and no date',
      () => model('KEY_MATERIAL_EXPIRES'),
      'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
    ],
    [
      'neither model nor date',
      () => model(undefined),
      'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
    ],
    [
      'KEY_MATERIAL_DOES_NOT_EXPIRE and a date',
      (now) => ({ ...model('KEY_MATERIAL_DOES_NOT_EXPIRE'), ValidTo: new Date(now + dayMs) }),
      'A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE',
    ],
    ['now', (now) => ({ ValidTo: new Date(now) }), 'The validTo date must be in the future.'],
    ['the past', (now) => ({ ValidTo: new Date(now - dayMs) }), 'The validTo date must be in the future.'],
    [
      'more than 365 days',
      (now) => ({ ValidTo: new Date(now + 365 * dayMs + 1) }),
      'The validTo date must be at most 365 days from now.',
    ],
  ])('%s is refused, also for a key that is not there', (_what, given, message) => {
    const importer = new Importer();
    const input = given(importer.engine.now);
    expect(importer.refusal(octets(1), input)).toEqual({ code: 'ValidationException', message });
    const KeyId = '12345678-1234-1234-1234-123456789012';
    expect(importer.refusal(octets(1), { ...input, KeyId }).code).toBe('ValidationException');
    // Recorded: the token is as good as before.
    importer.import(octets(1));
  });

  test.each([
    ['a millisecond', 1],
    ['365 days', 365 * dayMs],
  ])('in %s is accepted, with the model left out or not', (_what, after) => {
    const importer = new Importer();
    const ValidTo = new Date(importer.engine.now + after);
    importer.import(octets(1), { ValidTo });
    importer.import(octets(1), { ValidTo, ExpirationModel: 'KEY_MATERIAL_EXPIRES' });
    expect(importer.describe()).toMatchObject({ ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo });
  });

  test('a model that there is none of is refused', () => {
    const importer = new Importer();
    const input = { ExpirationModel: 'NEVER' } as unknown as Given;
    expect(importer.refusal(octets(1), input).code).toBe('ValidationException');
  });
});

describe('what symmetric keys only have', () => {
  test.each([
    { ImportType: 'NEW_KEY_MATERIAL' },
    { ImportType: 'EXISTING_KEY_MATERIAL' },
    { KeyMaterialDescription: 'mine' },
    { KeyMaterialId: 'a'.repeat(64) },
  ] as const)('%j is refused for an HMAC key', (given) => {
    const importer = new Importer(undefined, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    expect(importer.refusal(octets(1), given)).toEqual({
      code: 'ValidationException',
      message: `${Object.keys(given)[0]} is valid only for symmetric encryption KMS keys.`,
    });
  });

  test.each(['', 'a'.repeat(257), 'a,b', 'ü'])('a description cannot be %j', (KeyMaterialDescription) => {
    expect(new Importer().refusal(octets(1), { KeyMaterialDescription }).code).toBe('ValidationException');
  });
});

describe('a key policy can ask', () => {
  const soon = (engine: TestEngine): Date => new Date(engine.now + dayMs);

  test.each<[string, (engine: TestEngine) => object, (engine: TestEngine) => Given, (engine: TestEngine) => Given]>([
    [
      'for kms:ExpirationModel, which is KEY_MATERIAL_EXPIRES when it is left out',
      () => ({ StringEquals: { 'kms:ExpirationModel': 'KEY_MATERIAL_EXPIRES' } }),
      (engine) => ({ ValidTo: soon(engine), ExpirationModel: undefined }),
      () => ({ ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
    ],
    [
      'for kms:ValidTo as seconds',
      (engine) => ({ NumericLessThanEquals: { 'kms:ValidTo': String(soon(engine).getTime() / 1000) } }),
      (engine) => ({ ValidTo: soon(engine) }),
      (engine) => ({ ValidTo: new Date(soon(engine).getTime() + 1000) }),
    ],
    [
      'that kms:ValidTo is there',
      () => ({ Null: { 'kms:ValidTo': 'false' } }),
      (engine) => ({ ValidTo: soon(engine) }),
      () => ({}),
    ],
  ])('%s', (_what, condition, fits, doesNot) => {
    const engine = new TestEngine();
    const user = caller(`arn:aws:iam::${ours}:user/importer`);
    const Policy = policyText(
      { ...everything, Principal: { AWS: administratorOf(ours) } },
      {
        Effect: 'Allow',
        Principal: { AWS: user.principal.arn },
        Action: 'kms:ImportKeyMaterial',
        Resource: '*',
        Condition: condition(engine),
      },
    );
    const importer = new Importer(engine, { Policy });
    const refused = importer.request(octets(1), doesNot(engine));
    expect(engine.refusal('ImportKeyMaterial', refused, user).code).toBe('AccessDeniedException');
    engine.call('ImportKeyMaterial', importer.request(octets(1), fits(engine)), user);
  });
});
