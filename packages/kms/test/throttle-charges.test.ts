// On which quotas a request counts, and whose they are.

import { describe, expect, test } from 'vitest';
import { quotaUsage } from '../src/quotas/usage.ts';
import { abroad, admin, administratorOf, caller, delegatingTo, home, ours, stranger, theirs, utf8 } from './engine.ts';
import { librariesLoaded } from './libraries.ts';
import { calls, engineWith, outcome } from './throttling.ts';

await librariesLoaded();

const symmetric = 'Cryptographic operations (symmetric) request rate';
const rsa = 'Cryptographic operations (RSA) request rate';

describe('who pays', () => {
  test('the account that calls, not the one that owns the key', async () => {
    const engine = engineWith('enforce', { quota: symmetric, limit: 1 });
    const { Arn: KeyId } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    const input = { KeyId, Plaintext: utf8('a') };
    expect(await outcome(engine, 'Encrypt', input, stranger)).toBe('answered');
    expect(await outcome(engine, 'Encrypt', input, stranger)).toBe('ThrottlingException');
    expect(await outcome(engine, 'Encrypt', input)).toBe('answered');
    expect(calls(engine)).toMatchObject({
      [`Cryptographic operations (symmetric) ${theirs} ${home}`]: 2,
      [`Cryptographic operations (symmetric) ${ours} ${home}`]: 1,
    });
  });

  test('the account for which a service calls', () => {
    const engine = engineWith('meter');
    const { KeyId } = engine.createKey();
    const viaS3 = { ...admin, via: { service: `s3.${home}.amazonaws.com` } };
    engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, viaS3);
    engine.call('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    expect(calls(engine)[`Cryptographic operations (symmetric) ${ours} ${home}`]).toBe(2);
  });

  test('the account that a service works for when it calls by itself, and nobody where it works for itself', async () => {
    const engine = engineWith('meter');
    const service = caller('cloudtrail.amazonaws.com');
    await outcome(engine, 'ListKeys', {}, { ...service, source: { account: theirs } });
    await outcome(engine, 'ListKeys', {}, service);
    expect(calls(engine)).toEqual({ [`ListKeys ${theirs} ${home}`]: 1 });
  });

  test('use of an AWS managed key counts', () => {
    const engine = engineWith('meter');
    const viaS3 = { ...admin, via: { service: `s3.${home}.amazonaws.com` } };
    engine.call('Encrypt', { KeyId: 'alias/aws/s3', Plaintext: utf8('a') }, viaS3);
    expect(calls(engine)).toEqual({ [`Cryptographic operations (symmetric) ${ours} ${home}`]: 1 });
  });
});

describe('on what a request counts', () => {
  test('cryptographic operations share one quota by the kind of key', () => {
    const engine = engineWith('meter');
    const { KeyId } = engine.createKey();
    const { KeyId: mac } = engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const { KeyId: pair } = engine.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const CiphertextBlob = engine.encrypt(KeyId);
    engine.call('Decrypt', { CiphertextBlob });
    engine.call('GenerateRandom', { NumberOfBytes: 8 });
    engine.call('GenerateMac', { KeyId: mac, Message: utf8('a'), MacAlgorithm: 'HMAC_SHA_256' });
    engine.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId });
    engine.call('Sign', { KeyId: pair, Message: utf8('a'), SigningAlgorithm: 'ECDSA_SHA_256' });
    expect(calls(engine)).toEqual({
      [`Cryptographic operations (symmetric) ${ours} ${home}`]: 5,
      [`Cryptographic operations (ECC and SM2) ${ours} ${home}`]: 1,
      [`CreateKey ${ours} ${home}`]: 3,
    });
  });

  test('ReEncrypt from one kind of key to another counts on both', async () => {
    const engine = engineWith('enforce', { quota: rsa, limit: 1 });
    const { KeyId } = engine.createKey();
    const { KeyId: DestinationKeyId } = engine.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const CiphertextBlob = engine.encrypt(KeyId);
    const DestinationEncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const input = { CiphertextBlob, DestinationKeyId, DestinationEncryptionAlgorithm, DryRun: true };
    expect(await outcome(engine, 'ReEncrypt', input)).toBe('DryRunOperationException');
    expect(await outcome(engine, 'ReEncrypt', input)).toBe('ThrottlingException');
    expect(calls(engine)).toMatchObject({
      [`Cryptographic operations (symmetric) ${ours} ${home}`]: 3,
      [`Cryptographic operations (RSA) ${ours} ${home}`]: 2,
    });
  });

  test('a data key pair counts by the kind of pair, and not on the key that encrypts it', () => {
    const engine = engineWith('meter');
    const { KeyId } = engine.createKey();
    engine.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256' });
    engine.call('GenerateDataKeyPairWithoutPlaintext', { KeyId, KeyPairSpec: 'ECC_NIST_P256' });
    engine.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ML_KEM_512' });
    expect(calls(engine)).toEqual({
      [`CreateKey ${ours} ${home}`]: 1,
      [`GenerateDataKeyPair (ECC_NIST_P256) ${ours} ${home}`]: 2,
      [`GenerateDataKeyPair (ML_KEM_512) ${ours} ${home}`]: 1,
    });
  });

  test('ReplicateKey counts once here and twice as CreateKey there', async () => {
    const engine = engineWith('enforce');
    const { KeyId } = engine.createKey({ MultiRegion: true });
    expect(await outcome(engine, 'ReplicateKey', { KeyId, ReplicaRegion: abroad })).toBe('answered');
    expect(calls(engine)).toEqual({
      [`CreateKey ${ours} ${home}`]: 1,
      [`CreateKey ${ours} ${abroad}`]: 2,
      [`ReplicateKey ${ours} ${home}`]: 1,
    });
    // Five a second there: two replicas and one key are all.
    const far = caller(administratorOf(ours), abroad);
    for (let n = 0; n < 2; n++) expect(await outcome(engine, 'CreateKey', {}, far)).toBe('answered');
    const { KeyId: second } = engine.createKey({ MultiRegion: true });
    expect(await outcome(engine, 'ReplicateKey', { KeyId: second, ReplicaRegion: abroad })).toBe('ThrottlingException');
    // What was refused has used up nothing: one more is there.
    expect(await outcome(engine, 'CreateKey', {}, far)).toBe('answered');
    expect(await outcome(engine, 'CreateKey', {}, far)).toBe('ThrottlingException');
  });

  test('a replica in a Region that there is not counts nowhere else', async () => {
    const engine = engineWith('meter');
    const { KeyId } = engine.createKey({ MultiRegion: true });
    await outcome(engine, 'ReplicateKey', { KeyId, ReplicaRegion: 'xx-nowhere-1' });
    expect(Object.keys(calls(engine))).toEqual([`CreateKey ${ours} ${home}`, `ReplicateKey ${ours} ${home}`]);
  });

  test('UpdatePrimaryRegion counts in both Regions', () => {
    const engine = engineWith('meter');
    const { KeyId } = engine.createKey({ MultiRegion: true });
    engine.call('ReplicateKey', { KeyId, ReplicaRegion: abroad });
    engine.wait(5_000);
    engine.call('UpdatePrimaryRegion', { KeyId, PrimaryRegion: abroad });
    expect(calls(engine)).toMatchObject({
      [`UpdatePrimaryRegion ${ours} ${home}`]: 1,
      [`UpdatePrimaryRegion ${ours} ${abroad}`]: 1,
    });
  });

  test('a volley of state changes on one key is throttled below the quotas of its operations, and other keys are not', async () => {
    const engine = engineWith('enforce');
    const { KeyId, Arn } = engine.createKey();
    const { KeyId: other } = engine.createKey();
    for (let n = 0; n < 5; n++)
      expect(await outcome(engine, n % 2 ? 'EnableKey' : 'DisableKey', { KeyId })).toBe('answered');
    expect(await outcome(engine, 'EnableKey', { KeyId })).toBe('ThrottlingException');
    expect(await outcome(engine, 'DisableKey', { KeyId: other })).toBe('answered');
    expect(quotaUsage(engine.kms.throttler).find(({ throttled }) => throttled > 0)).toMatchObject({
      quota: 'State changes of one KMS key request rate',
      of: Arn,
      calls: 6,
      suggested: true,
    });
    engine.wait(500);
    expect(await outcome(engine, 'EnableKey', { KeyId })).toBe('answered');
  });

  test('a key in a custom key store counts on the store as well, for all accounts together', async () => {
    const engine = engineWith('enforce', { quota: 'Custom key store request quota', limit: 2 });
    const { Arn: KeyId } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    const key = engine.kms.state.get('keys', KeyId);
    if (key === undefined) expect.fail('no key');
    const stored = { ...key, customKeyStore: { id: 'cks-1234567890abcdef0' } };
    engine.kms.state.set('keys', KeyId, stored);
    const input = { KeyId, Plaintext: utf8('a') };
    // There is no such store; whoever asks it is counted before that is seen.
    expect(await outcome(engine, 'Encrypt', input)).toBe('KMSInvalidStateException');
    expect(await outcome(engine, 'Encrypt', input, stranger)).toBe('KMSInvalidStateException');
    expect(await outcome(engine, 'Encrypt', input)).toBe('ThrottlingException');
    // Management counts on the account alone.
    expect(await outcome(engine, 'DescribeKey', { KeyId })).toBe('answered');
    expect(quotaUsage(engine.kms.throttler).filter(({ of }) => of !== undefined)).toMatchObject([
      { quota: 'Custom key store request quota', of: 'cks-1234567890abcdef0', account: ours, calls: 3, throttled: 1 },
    ]);
  });
});
