// GenerateDataKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html

import { describe, expect, test } from 'vitest';
import { AttestingEngine, opened } from '../attestation/recipients.ts';
import { TestEngine } from '../engine.ts';
import { aboutDataKeys } from './data-key-suite.ts';

aboutDataKeys('GenerateDataKey');

describe('GenerateDataKey', () => {
  test.each([
    [{ KeySpec: 'AES_128' }, 16],
    [{ KeySpec: 'AES_256' }, 32],
    [{ NumberOfBytes: 1 }, 1],
    [{ NumberOfBytes: 1024 }, 1024],
  ] as const)('%j gives %i bytes, the same as Decrypt of its ciphertext', (length, bytes) => {
    const engine = new TestEngine();
    const { KeyId, Arn, CurrentKeyMaterialId } = engine.createKey();
    const EncryptionContext = { tenant: '1' };
    const answer = engine.call('GenerateDataKey', { KeyId, ...length, EncryptionContext });
    expect(answer).toStrictEqual({
      CiphertextBlob: expect.any(Uint8Array),
      Plaintext: expect.any(Uint8Array),
      KeyId: Arn,
      KeyMaterialId: CurrentKeyMaterialId,
    });
    expect(answer.Plaintext).toHaveLength(bytes);
    // The buffer behind the bytes would show what other answers are made of.
    expect(answer.Plaintext?.buffer.byteLength).toBe(bytes);
    expect(
      engine.call('Decrypt', { CiphertextBlob: answer.CiphertextBlob, EncryptionContext }).Plaintext?.buffer.byteLength,
    ).toBe(bytes);
    const { CiphertextBlob } = answer;
    expect(engine.call('Decrypt', { CiphertextBlob, EncryptionContext }).Plaintext).toStrictEqual(answer.Plaintext);
  });

  test('a Recipient alone reads the data key, whose ciphertext is as for everybody', () => {
    const engine = new AttestingEngine();
    const { KeyId } = engine.createKey();
    const Recipient = engine.recipient();
    const answer = engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_128', Recipient });
    expect(Object.keys(answer).sort()).toEqual(['CiphertextBlob', 'CiphertextForRecipient', 'KeyId']);
    const { Plaintext } = engine.call('Decrypt', { CiphertextBlob: answer.CiphertextBlob });
    expect(opened(answer.CiphertextForRecipient)).toEqual(Plaintext);
    expect(Plaintext).toHaveLength(16);
  });
});
