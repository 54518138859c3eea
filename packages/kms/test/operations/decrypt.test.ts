// Decrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html

import { describe, expect, test } from 'vitest';
import type { Caller } from '../../src/operation.ts';
import { AttestingEngine, opened } from '../attestation/recipients.ts';
import {
  abroad,
  admin,
  administratorOf,
  caller,
  delegatingTo,
  ours,
  type Refusal,
  stranger,
  TestEngine,
  texts,
  theirs,
  utf8,
} from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'Decrypt',
  prepare: (engine, keyArn) => {
    const CiphertextBlob = engine.encrypt(keyArn);
    return (KeyId) => ({ KeyId, CiphertextBlob });
  },
  names: 'any',
  otherAccounts: true,
  ciphertextNames: true,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
  used: true,
  invalidArn: 'NotFoundException',
});

const invalid = { code: 'InvalidCiphertextException', message: undefined };
const incorrectKey = {
  code: 'IncorrectKeyException',
  message: 'The key ID in the request does not identify a CMK that can perform this operation.',
};
const hiddenFrom = (who: Caller): Refusal => ({
  code: 'AccessDeniedException',
  message: texts.hidden(who, 'kms:Decrypt'),
});

await librariesLoaded();

describe('Decrypt', () => {
  test('answers with plaintext, key ARN, algorithm and material, and nothing else', () => {
    const engine = new TestEngine();
    const { KeyId, Arn, CurrentKeyMaterialId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId);
    const answer = {
      KeyId: Arn,
      Plaintext: utf8('secret'),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: CurrentKeyMaterialId,
    };
    expect(engine.call('Decrypt', { CiphertextBlob })).toStrictEqual(answer);
    expect(engine.call('Decrypt', { CiphertextBlob, KeyId })).toStrictEqual(answer);
    expect(engine.call('Decrypt', { CiphertextBlob, EncryptionContext: {} })).toStrictEqual(answer);
  });

  test('names the material that encrypted, not the current one', () => {
    const engine = new TestEngine();
    const { KeyId, CurrentKeyMaterialId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('RotateKeyOnDemand', { KeyId });
    engine.wait(60_000);
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId });
    expect(KeyMetadata?.CurrentKeyMaterialId).not.toBe(CurrentKeyMaterialId);
    expect(engine.call('Decrypt', { CiphertextBlob }).KeyMaterialId).toBe(CurrentKeyMaterialId);
  });

  test.each([
    ['another value', { tenant: '2' }],
    ['another key', { Tenant: '1' }],
    ['one more pair', { tenant: '1', a: 'b' }],
    ['none', undefined],
    ['an empty one', {}],
  ])('with %s in the encryption context fails without a message', (_what, EncryptionContext) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId, 'secret', { tenant: '1' });
    expect(engine.refusal('Decrypt', { CiphertextBlob, EncryptionContext })).toEqual(invalid);
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId, EncryptionContext })).toEqual(invalid);
  });

  test('the order of the encryption context does not matter', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId, 'secret', { a: '1', b: '2', ü: '3' });
    expect(engine.decrypt(CiphertextBlob, { ü: '3', b: '2', a: '1' })).toBe('secret');
  });

  // Recording rotation-old-ciphertext-and-trailing-bytes: also with the KeyId given.
  test.each([
    ['8 more bytes', (blob: Uint8Array) => Uint8Array.of(...blob, 1, 2, 3, 4, 5, 6, 7, 8)],
    ['68 bytes cut off', (blob: Uint8Array) => blob.slice(68)],
    ['its last byte changed', (blob: Uint8Array) => blob.map((byte, at) => (at === blob.length - 1 ? byte ^ 1 : byte))],
    ['nothing like it', () => utf8('not a ciphertext')],
  ])('a ciphertext with %s is invalid', (_what, spoil) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const CiphertextBlob = spoil(engine.encrypt(KeyId));
    expect(engine.refusal('Decrypt', { CiphertextBlob })).toEqual(invalid);
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId })).toEqual(invalid);
  });

  // Recording error-messages-for-wrong-key-usage: before the usage is looked at.
  test.each([
    ['another symmetric key', {}],
    ['an HMAC key', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
    ['an RSA key', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }],
  ] as const)('%s is the incorrect key', (_what, other) => {
    const engine = new TestEngine();
    const CiphertextBlob = engine.encrypt(engine.createKey().Arn);
    const { KeyId } = engine.createKey(other);
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId })).toEqual(incorrectKey);
  });

  test('an HMAC key cannot decrypt what is no ciphertext, for its usage', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    expect(engine.refusal('Decrypt', { CiphertextBlob: utf8('x'), KeyId: Arn })).toEqual({
      code: 'InvalidKeyUsageException',
      message: `${Arn} key usage is GENERATE_VERIFY_MAC which is not valid for Decrypt.`,
    });
  });

  test('who may not use the key is not told whose ciphertext it is', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey();
    const other = engine.createKey();
    const CiphertextBlob = engine.encrypt(other.Arn);
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    for (const KeyId of [Arn, other.Arn]) {
      expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId }, user)).toEqual({
        code: 'AccessDeniedException',
        message: texts.noIdentityPolicy(user, 'kms:Decrypt', KeyId),
      });
    }
  });

  test('a ciphertext alone does not tell whether its key is there', () => {
    const engine = new TestEngine();
    const CiphertextBlob = engine.encrypt(engine.createKey().Arn);
    const elsewhere = new TestEngine({ seed: 'another' });
    const foreignBlob = elsewhere.encrypt(elsewhere.createKey().Arn);
    expect(engine.refusal('Decrypt', { CiphertextBlob }, stranger)).toEqual(hiddenFrom(stranger));
    expect(engine.refusal('Decrypt', { CiphertextBlob: foreignBlob }, stranger)).toEqual(hiddenFrom(stranger));
    expect(engine.refusal('Decrypt', { CiphertextBlob: foreignBlob })).toEqual(hiddenFrom(admin));
    const there = caller(administratorOf(ours), abroad);
    expect(engine.refusal('Decrypt', { CiphertextBlob }, there)).toEqual(hiddenFrom(there));
  });

  // https://docs.aws.amazon.com/singlesignon/latest/userguide/cmk-related-errors.html
  test('a ciphertext of the own account tells what is missing, and not which key it is', () => {
    const engine = new TestEngine();
    const CiphertextBlob = engine.encrypt(engine.createKey().Arn);
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    const who = `User: ${user.principal.arn} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext`;
    expect(engine.refusal('Decrypt', { CiphertextBlob }, user)).toEqual({
      code: 'AccessDeniedException',
      message: `${who} because no identity-based policy allows the kms:Decrypt action`,
    });
    engine.attach(user.principal.arn, { Effect: 'Deny', Action: '*', Resource: '*' });
    expect(engine.refusal('Decrypt', { CiphertextBlob }, user)).toEqual({
      code: 'AccessDeniedException',
      message: `${who} with an explicit deny in an identity-based policy`,
    });
  });

  test('of a deleted key fails as of one that never was', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(8 * 86_400_000);
    expect(engine.refusal('Decrypt', { CiphertextBlob })).toEqual(hiddenFrom(admin));
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId }).code).toBe('NotFoundException');
  });

  test('another account decrypts by the ciphertext alone when it may', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    const CiphertextBlob = engine.encrypt(Arn);
    expect(engine.call('Decrypt', { CiphertextBlob }, stranger).KeyId).toBe(Arn);
  });

  test.each([
    ['RSAES_OAEP_SHA_256', {}, 'InvalidKeyUsageException'],
    ['SYMMETRIC_DEFAULT', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }, 'InvalidKeyUsageException'],
    ['RSAES_OAEP_SHA_256', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }, 'InvalidCiphertextException'],
  ] as const)('%s with a key of %j: %s', (EncryptionAlgorithm, key, code) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey(key);
    const CiphertextBlob = utf8('no ciphertext');
    expect(engine.refusal('Decrypt', { CiphertextBlob, KeyId, EncryptionAlgorithm }).code).toBe(code);
  });

  test('an asymmetric algorithm needs the key', () => {
    const engine = new TestEngine();
    const input = { CiphertextBlob: utf8('x'), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
    expect(engine.refusal('Decrypt', input)).toEqual({
      code: 'ValidationException',
      message: 'KeyId is required for the algorithm RSAES_OAEP_SHA_256.',
    });
  });

  test('a ciphertext is needed', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('Decrypt', { KeyId })).toEqual({
      code: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
    });
  });

  test('a Recipient alone reads the plaintext', () => {
    const engine = new AttestingEngine();
    const CiphertextBlob = engine.encrypt(engine.createKey().Arn);
    const answer = engine.call('Decrypt', { CiphertextBlob, Recipient: engine.recipient() });
    expect(Object.keys(answer).sort()).toEqual(['CiphertextForRecipient', 'EncryptionAlgorithm', 'KeyId']);
    expect(opened(answer.CiphertextForRecipient)).toEqual(utf8('secret'));
  });
});

describe('a dry run of Decrypt', () => {
  test('fails as the call would, or says that it would succeed', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId);
    const dryRun = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('Decrypt', { CiphertextBlob, DryRun: true })).toEqual(dryRun);
    expect(engine.refusal('Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' }, DryRun: true })).toEqual(invalid);
    engine.call('DisableKey', { KeyId });
    expect(engine.refusal('Decrypt', { CiphertextBlob, DryRun: true })).toEqual({
      code: 'DisabledException',
      message: `${Arn} is disabled.`,
    });
  });

  const modifiers = { DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] } as const;

  test('can ask for the permission alone', () => {
    const engine = new TestEngine();
    const { KeyId, Arn } = engine.createKey();
    const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
    expect(engine.refusal('Decrypt', { KeyId, ...modifiers }).code).toBe('DryRunOperationException');
    expect(engine.refusal('Decrypt', { KeyId, CiphertextBlob: utf8('x'), ...modifiers }).code).toBe(
      'DryRunOperationException',
    );
    expect(engine.refusal('Decrypt', { KeyId, ...modifiers }, user)).toEqual({
      code: 'AccessDeniedException',
      message: texts.noIdentityPolicy(user, 'kms:Decrypt', Arn),
    });
  });

  test('needs the key when it ignores the ciphertext, and to be one', () => {
    const engine = new TestEngine();
    expect(engine.refusal('Decrypt', modifiers, admin).message).toContain("'keyId'");
    const { KeyId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(KeyId);
    const input = { KeyId, CiphertextBlob, DryRunModifiers: modifiers.DryRunModifiers };
    expect(engine.refusal('Decrypt', input).code).toBe('ValidationException');
    expect(engine.refusal('Decrypt', { ...input, DryRun: false }).code).toBe('ValidationException');
  });
});
