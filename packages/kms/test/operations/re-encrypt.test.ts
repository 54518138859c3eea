// ReEncrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html

import { describe, expect, test } from 'vitest';
import { delegatingTo, ours, stranger, TestEngine, texts, theirs, utf8 } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

const crypto = {
  operation: 'ReEncrypt',
  names: 'any',
  otherAccounts: true,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
  used: true,
  invalidArn: 'NotFoundException',
} as const;

const shared = { Policy: delegatingTo(ours, theirs) };

describe('SourceKeyId', () => {
  aboutKey({
    ...crypto,
    action: 'kms:ReEncryptFrom',
    ciphertextNames: true,
    prepare: (engine, keyArn) => {
      const CiphertextBlob = engine.encrypt(keyArn);
      const { Arn } = engine.createKey(shared);
      return (SourceKeyId) => ({ CiphertextBlob, SourceKeyId, DestinationKeyId: Arn });
    },
  });
});

describe('DestinationKeyId', () => {
  aboutKey({
    ...crypto,
    action: 'kms:ReEncryptTo',
    // The ciphertext is looked at first.
    homeOnly: true,
    prepare: (engine) => {
      const { Arn: SourceKeyId } = engine.createKey(shared);
      const CiphertextBlob = engine.encrypt(SourceKeyId);
      return (DestinationKeyId) => ({ CiphertextBlob, SourceKeyId, DestinationKeyId });
    },
  });
});

describe('ReEncrypt', () => {
  function pair(): {
    readonly engine: TestEngine;
    readonly from: ReturnType<TestEngine['createKey']>;
    readonly to: ReturnType<TestEngine['createKey']>;
  } {
    const engine = new TestEngine();
    return { engine, from: engine.createKey(), to: engine.createKey() };
  }

  test('answers with the new ciphertext, both keys, both algorithms, both materials', () => {
    const { engine, from, to } = pair();
    const answer = engine.call('ReEncrypt', {
      CiphertextBlob: engine.encrypt(from.Arn, 'secret', { old: '1' }),
      SourceEncryptionContext: { old: '1' },
      DestinationKeyId: to.KeyId,
      DestinationEncryptionContext: { new: '2' },
    });
    expect(answer).toStrictEqual({
      CiphertextBlob: expect.any(Uint8Array),
      SourceKeyId: from.Arn,
      KeyId: to.Arn,
      SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      SourceKeyMaterialId: from.CurrentKeyMaterialId,
      DestinationKeyMaterialId: to.CurrentKeyMaterialId,
    });
    expect(engine.decrypt(answer.CiphertextBlob as Uint8Array, { new: '2' })).toBe('secret');
  });

  test('may stay with the key and change the context', () => {
    const { engine, from } = pair();
    const CiphertextBlob = engine.encrypt(from.Arn);
    const input = { CiphertextBlob, DestinationKeyId: from.Arn, DestinationEncryptionContext: { a: 'b' } };
    const answer = engine.call('ReEncrypt', input);
    expect(engine.decrypt(answer.CiphertextBlob as Uint8Array, { a: 'b' })).toBe('secret');
  });

  test('works from one account to another', () => {
    const engine = new TestEngine();
    const from = engine.createKey(shared);
    const to = engine.createKey({}, stranger);
    const answer = engine.call(
      'ReEncrypt',
      { CiphertextBlob: engine.encrypt(from.Arn), DestinationKeyId: to.KeyId },
      stranger,
    );
    expect(answer).toMatchObject({ SourceKeyId: from.Arn, KeyId: to.Arn });
  });

  test('uses both keys', () => {
    const { engine, from, to } = pair();
    const CiphertextBlob = engine.encrypt(from.Arn);
    engine.wait(1000);
    engine.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: to.Arn });
    for (const { KeyId } of [from, to]) {
      expect(engine.call('GetKeyLastUsage', { KeyId }).KeyLastUsage).toMatchObject({
        Operation: 'ReEncrypt',
        Timestamp: new Date(engine.now),
      });
    }
  });

  // Recording re-encrypt-wrong-source-key.
  test('another source key is the incorrect one', () => {
    const { engine, from, to } = pair();
    const CiphertextBlob = engine.encrypt(from.Arn);
    const hmac = engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    for (const { KeyId } of [to, hmac]) {
      expect(engine.refusal('ReEncrypt', { CiphertextBlob, SourceKeyId: KeyId, DestinationKeyId: to.KeyId })).toEqual({
        code: 'IncorrectKeyException',
        message: 'The key ID in the request does not identify a CMK that can perform this operation.',
      });
    }
  });

  test('a destination of the wrong usage', () => {
    const { engine, from } = pair();
    const { Arn } = engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    expect(engine.refusal('ReEncrypt', { CiphertextBlob: engine.encrypt(from.Arn), DestinationKeyId: Arn })).toEqual({
      code: 'InvalidKeyUsageException',
      message: `${Arn} key usage is GENERATE_VERIFY_MAC which is not valid for ReEncrypt.`,
    });
  });

  test('an algorithm that does not fit a key', () => {
    const { engine, from, to } = pair();
    const input = { CiphertextBlob: engine.encrypt(from.Arn), DestinationKeyId: to.Arn };
    const misfit = {
      code: 'InvalidKeyUsageException',
      message: 'Algorithm RSAES_OAEP_SHA_1 is incompatible with key spec SYMMETRIC_DEFAULT.',
    };
    expect(engine.refusal('ReEncrypt', { ...input, DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_1' })).toEqual(
      misfit,
    );
    expect(
      engine.refusal('ReEncrypt', { ...input, SourceKeyId: from.Arn, SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_1' }),
    ).toEqual(misfit);
  });

  test('a wrong context and a broken ciphertext fail without a message', () => {
    const { engine, from, to } = pair();
    const invalid = { code: 'InvalidCiphertextException', message: undefined };
    const CiphertextBlob = engine.encrypt(from.Arn, 'x', { a: 'b' });
    expect(engine.refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: to.Arn })).toEqual(invalid);
    expect(engine.refusal('ReEncrypt', { CiphertextBlob: utf8('x'), DestinationKeyId: to.Arn })).toEqual(invalid);
    expect(engine.refusal('ReEncrypt', { DestinationKeyId: to.Arn }).message).toContain("'ciphertextBlob'");
  });

  test('the source is asked for before the destination', () => {
    const { engine, from, to } = pair();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    const input = { CiphertextBlob: engine.encrypt(from.Arn), SourceKeyId: from.Arn, DestinationKeyId: to.Arn };
    expect(engine.refusal('ReEncrypt', input, user).message).toBe(
      texts.noIdentityPolicy(user, 'kms:ReEncryptFrom', from.Arn),
    );
    engine.attach(user.principal.arn, { Effect: 'Allow', Action: 'kms:ReEncryptFrom', Resource: '*' });
    expect(engine.refusal('ReEncrypt', input, user).message).toBe(
      texts.noIdentityPolicy(user, 'kms:ReEncryptTo', to.Arn),
    );
  });

  test('a dry run', () => {
    const { engine, from, to } = pair();
    const CiphertextBlob = engine.encrypt(from.Arn);
    const input = { CiphertextBlob, DestinationKeyId: to.Arn, DryRun: true };
    expect(engine.refusal('ReEncrypt', input)).toEqual({ code: 'DryRunOperationException', message: texts.dryRun });
    expect(engine.refusal('ReEncrypt', { ...input, SourceEncryptionContext: { a: 'b' } }).code).toBe(
      'InvalidCiphertextException',
    );
    expect(engine.refusal('ReEncrypt', { ...input, DestinationEncryptionContext: { a: 'b'.repeat(9000) } }).code).toBe(
      'ValidationException',
    );
    const ignoring = { DestinationKeyId: to.Arn, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] } as const;
    expect(engine.refusal('ReEncrypt', ignoring).message).toContain("'sourceKeyId'");
    expect(engine.refusal('ReEncrypt', { ...ignoring, SourceKeyId: from.Arn }).code).toBe('DryRunOperationException');
  });
});
