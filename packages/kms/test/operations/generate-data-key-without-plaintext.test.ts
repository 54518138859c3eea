// GenerateDataKeyWithoutPlaintext: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html

import { describe, expect, test } from 'vitest';
import { ours, TestEngine } from '../engine.ts';
import { aboutDataKeys } from './data-key-suite.ts';

aboutDataKeys('GenerateDataKeyWithoutPlaintext');

describe('GenerateDataKeyWithoutPlaintext', () => {
  test('answers without the plaintext, which Decrypt gives', () => {
    const engine = new TestEngine();
    const { KeyId, Arn, CurrentKeyMaterialId } = engine.createKey();
    const answer = engine.call('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_256' });
    expect(answer).toStrictEqual({
      CiphertextBlob: expect.any(Uint8Array),
      KeyId: Arn,
      KeyMaterialId: CurrentKeyMaterialId,
    });
    expect(engine.call('Decrypt', { CiphertextBlob: answer.CiphertextBlob }).Plaintext).toHaveLength(32);
  });

  test('is a permission of its own', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const statement = { Effect: 'Allow', Action: 'kms:GenerateDataKeyWithoutPlaintext', Resource: '*' } as const;
    const user = engine.attach(`arn:aws:iam::${ours}:user/storage`, statement);
    engine.call('GenerateDataKeyWithoutPlaintext', { KeyId, KeySpec: 'AES_256' }, user);
    expect(engine.refusal('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, user).code).toBe('AccessDeniedException');
  });
});
