// GenerateRandom: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html

import { describe, expect, test } from 'vitest';
import { AttestingEngine, opened } from '../attestation/recipients.ts';
import { ours, TestEngine, texts } from '../engine.ts';

describe('GenerateRandom', () => {
  // Recordings generate-random-*.
  test.each([1, 44, 64, 65, 1024])('gives %i bytes and nothing else', (NumberOfBytes) => {
    const { Plaintext, ...rest } = new TestEngine().call('GenerateRandom', { NumberOfBytes });
    expect(Plaintext).toBeInstanceOf(Uint8Array);
    expect(Plaintext).toHaveLength(NumberOfBytes);
    expect(rest).toStrictEqual({});
  });

  test('no two answers are alike', () => {
    const engine = new TestEngine();
    const draw = () => String(engine.call('GenerateRandom', { NumberOfBytes: 16 }).Plaintext);
    expect(new Set(Array.from({ length: 100 }, draw)).size).toBe(100);
  });

  test.each([
    [undefined, 'NumberOfBytes is required.'],
    [
      0,
      "1 validation error detected: Value '0' at 'numberOfBytes' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      1025,
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
    ],
  ])('refuses %s', (NumberOfBytes, message) => {
    expect(new TestEngine().refusal('GenerateRandom', { NumberOfBytes })).toEqual({
      code: 'ValidationException',
      message,
    });
  });

  test('a Recipient alone reads the bytes, which are those everybody else would have got', () => {
    const engine = new AttestingEngine();
    const Recipient = engine.recipient();
    const { CiphertextForRecipient, Plaintext } = engine.call('GenerateRandom', { NumberOfBytes: 1024, Recipient });
    expect(Plaintext).toBeUndefined();
    const open = new TestEngine().call('GenerateRandom', { NumberOfBytes: 1024 });
    expect(opened(CiphertextForRecipient)).toEqual(open.Plaintext);
  });

  test('knows no custom key stores yet', () => {
    const engine = new TestEngine();
    expect(engine.refusal('GenerateRandom', { NumberOfBytes: 1, CustomKeyStoreId: 'cks-1' }).code).toBe(
      'CustomKeyStoreNotFoundException',
    );
  });

  test('needs a permission on no resource', () => {
    const engine = new TestEngine();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    expect(engine.refusal('GenerateRandom', { NumberOfBytes: 1 }, user)).toEqual({
      code: 'AccessDeniedException',
      message: texts.noIdentityPolicy(user, 'kms:GenerateRandom', '*'),
    });
  });

  test('uses no key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('GenerateRandom', { NumberOfBytes: 1 });
    expect(engine.call('GetKeyLastUsage', { KeyId }).KeyLastUsage).toStrictEqual({});
  });

  // The buffer behind the bytes would show what the next answers are made of.
  test.each([1, 16, 64, 65])('%i bytes come with no others', (NumberOfBytes) => {
    const { Plaintext } = new TestEngine().call('GenerateRandom', { NumberOfBytes });
    expect(Plaintext?.buffer.byteLength).toBe(NumberOfBytes);
  });
});
