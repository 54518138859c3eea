// The corridor: which of two things that are wrong is told. Each case breaks two steps next to each other, and the earlier speaks.

import { describe, expect, test } from 'vitest';
import { type OperationName, operations as shapes } from '../src/api/shapes.ts';
import type { OperationInputs } from '../src/api/types.ts';
import { Visit } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { admin, dayMs, ours, TestEngine, utf8 } from './engine.ts';

const unknownId = '12345678-1234-1234-1234-123456789012';
const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const;

describe('the order of judgement', () => {
  // Recording create-hmac-key-invalid: the enumeration before the rule.
  test('shape before rule', () => {
    const input = { KeySpec: 'HMAC_255' as 'HMAC_256' };
    expect(new TestEngine().refusal('CreateKey', input).message).toContain('enum value set');
  });

  test('a value of the wrong type before a member that is missing', () => {
    const input = { KeyId: 7 } as unknown as OperationInputs['Encrypt'];
    expect(new TestEngine().refusal('Encrypt', input).code).toBe('SerializationException');
  });

  // api-rules 1.3: 1 and 2 before 3.
  test('shape before the look for the key', () => {
    const refused = new TestEngine().refusal('Encrypt', { KeyId: unknownId, Plaintext: new Uint8Array() });
    expect(refused.code).toBe('ValidationException');
  });

  test('rule before the look for the key', () => {
    const refused = new TestEngine().refusal('GenerateDataKey', { KeyId: unknownId });
    expect(refused.code).toBe('ValidationException');
  });

  // authz.md section 9: a missing key of one's own account is not found, whoever asks.
  test('the look for the key before the permission', () => {
    const engine = new TestEngine();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    expect(engine.refusal('DescribeKey', { KeyId: unknownId }, user).code).toBe('NotFoundException');
  });

  test('permission before state', () => {
    const engine = new TestEngine();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    const { KeyId } = engine.createKey();
    engine.call('DisableKey', { KeyId });
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, user).code).toBe('AccessDeniedException');
  });

  // Recording rotate-disabled-key.
  test('state before type', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ KeySpec: 'RSA_4096', KeyUsage: 'ENCRYPT_DECRYPT' });
    engine.call('DisableKey', { KeyId });
    expect(engine.refusal('RotateKeyOnDemand', { KeyId }).code).toBe('DisabledException');
  });

  // Recording rotate-external-key-without-material.
  test('pending import before nothing to rotate to', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey({ Origin: 'EXTERNAL' });
    expect(engine.refusal('RotateKeyOnDemand', { KeyId }).message).toBe(`${Arn} is pending import.`);
  });

  test('state before usage', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey(hmac);
    engine.call('DisableKey', { KeyId });
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }).code).toBe('DisabledException');
  });

  // Recordings error-messages-for-wrong-key-usage, re-encrypt-wrong-source-key.
  test('wrong key before wrong usage', () => {
    const engine = new TestEngine();
    const CiphertextBlob = engine.encrypt(engine.createKey().Arn);
    const { KeyId } = engine.createKey(hmac);
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId }).code).toBe('IncorrectKeyException');
  });

  // Recording error-messages-for-wrong-key-usage.
  test('usage before algorithm', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }).message).toBe(
      `${Arn} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
    );
  });

  // Recording verify-mac-algorithm-mismatch has it for MACs.
  test('algorithm before data', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const input = { KeyId, CiphertextBlob: utf8('x'), EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' } as const;
    expect(engine.refusal('Decrypt', input).code).toBe('InvalidKeyUsageException');
  });

  test('data before the end of a dry run', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('Decrypt', { KeyId, CiphertextBlob: utf8('x'), DryRun: true }).code).toBe(
      'InvalidCiphertextException',
    );
  });

  test('what is due before everything, also when the call is refused for its shape', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs);
    expect(engine.snapshot().state.keys).toHaveLength(1);
    expect(() => engine.call('ListKeys', { Limit: 0 })).toThrow('limit');
    expect(engine.snapshot().state.keys).toHaveLength(0);
  });
});

test('every operation has a room, and none is without', () => {
  expect(Object.keys(operations)).toEqual(Object.keys(shapes));
  expect(Object.keys(operations)).toHaveLength(56);
});

test.each(Object.keys(shapes) as OperationName[])('%s is never answered with NotImplemented', (name) => {
  let code: unknown;
  try {
    new TestEngine().call(name, {} as OperationInputs[typeof name]);
  } catch (error) {
    code = (error as { code?: unknown }).code;
  }
  expect(code).not.toBe('NotImplemented');
});

describe('a visit', () => {
  test('has the id of its request when it was answered and when it was refused', () => {
    const { kms } = new TestEngine();
    const visits = ['ListKeys', 'DescribeKey', 'ListKeys'].map(
      (name) => new Visit(name as OperationName, {}, 'direct', admin),
    );
    for (const visit of visits) {
      try {
        kms.dispatch(visit);
      } catch {
        expect(visit.operation).toBe('DescribeKey');
      }
    }
    const ids = [...visits.map((visit) => kms.requestId(visit)), kms.refuse(), kms.refuse()];
    expect(new Set(ids).size).toBe(5);
    expect(visits.map((visit) => kms.requestId(visit))).toEqual(ids.slice(0, 3));
  });

  test('that is refused takes no random bytes from those that come after, and spoils none', () => {
    const [disturbed, twin] = [new TestEngine(), new TestEngine()];
    const user = disturbed.attach(`arn:aws:iam::${ours}:user/nobody`);
    // Draws an id and a secret for a key that is torn up again.
    disturbed.refusal('DescribeKey', { KeyId: 'alias/aws/s3' }, user);
    const looks = [disturbed, twin].map((engine) => engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata);
    expect(looks[0]).toEqual(looks[1]);
    const [key, twinKey] = [disturbed.createKey(), twin.createKey()];
    expect(key).toEqual(twinKey);
    disturbed.refusal('Encrypt', { KeyId: key.KeyId, Plaintext: utf8('other'), DryRun: true });
    expect(disturbed.encrypt(key.KeyId)).toEqual(twin.encrypt(key.KeyId));
    expect(disturbed.encrypt(key.KeyId)).not.toEqual(disturbed.encrypt(key.KeyId));
  });

  test('over the wire has base64 and the same answer', () => {
    const engine = new TestEngine();
    const { KeyId: key } = engine.createKey();
    const input = { KeyId: key, Plaintext: 'c2VjcmV0', EncryptionContext: { a: 'b' } };
    const answer = engine.kms.dispatch(new Visit('Encrypt', input, 'wire', admin)) as { CiphertextBlob: Uint8Array };
    expect(engine.decrypt(answer.CiphertextBlob, { a: 'b' })).toBe('secret');
  });

  test('is answered at once', () => {
    const { kms } = new TestEngine();
    expect(kms.dispatch(new Visit('ListKeys', {}, 'direct', admin))).not.toBeInstanceOf(Promise);
  });
});
