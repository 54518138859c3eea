// GenerateDataKeyPair: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html

import * as crypto from 'node:crypto';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, octets, userOf } from '../asymmetric-keys.ts';
import { AttestingEngine, opened } from '../attestation/recipients.ts';
import { TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutDataKeyPairs, type PairSpec, pairSpecs } from './data-key-pair-suite.ts';

await librariesLoaded();

aboutDataKeyPairs('GenerateDataKeyPair');

const engine = new TestEngine();

describe.each(pairSpecs)('%s', (KeyPairSpec) => {
  const by = userOf(engine, KeyPairSpec);
  const { KeyId = '', Arn, CurrentKeyMaterialId } = engine.createKey({}, by);
  const EncryptionContext = { tenant: '1' };
  const answer = engine.call('GenerateDataKeyPair', { KeyId, KeyPairSpec, EncryptionContext }, by);

  test('answers with both halves, the ciphertext, key ARN, spec and material, and nothing else', () => {
    expect(answer).toStrictEqual({
      PrivateKeyCiphertextBlob: expect.any(Uint8Array),
      PrivateKeyPlaintext: expect.any(Uint8Array),
      PublicKey: expect.any(Uint8Array),
      KeyId: Arn,
      KeyPairSpec,
      KeyMaterialId: CurrentKeyMaterialId,
    });
    expectOwnBytes(answer.PrivateKeyPlaintext);
    expectOwnBytes(answer.PublicKey);
  });

  test('Decrypt gives the plaintext', () => {
    const { PrivateKeyCiphertextBlob: CiphertextBlob } = answer;
    const { Plaintext } = engine.call('Decrypt', { CiphertextBlob, EncryptionContext }, by);
    expect(hex(Plaintext)).toBe(hex(answer.PrivateKeyPlaintext));
  });
});

// What node:crypto says of the private key, where it knows the kind.
const known: readonly (readonly [PairSpec, type: string, details: object])[] = [
  ['RSA_2048', 'rsa', { modulusLength: 2048, publicExponent: 65537n }],
  ['RSA_3072', 'rsa', { modulusLength: 3072, publicExponent: 65537n }],
  ['ECC_NIST_P256', 'ec', { namedCurve: 'prime256v1' }],
  ['ECC_NIST_P384', 'ec', { namedCurve: 'secp384r1' }],
  ['ECC_NIST_P521', 'ec', { namedCurve: 'secp521r1' }],
  ['ECC_SECG_P256K1', 'ec', { namedCurve: 'secp256k1' }],
  ['ECC_NIST_EDWARDS25519', 'ed25519', {}],
];

test.each(known)('%s in node:crypto is a pair: %s', (KeyPairSpec, type, details) => {
  const { KeyId = '' } = engine.createKey();
  const { PrivateKeyPlaintext = expect.fail(), PublicKey } = engine.call('GenerateDataKeyPair', { KeyId, KeyPairSpec });
  const privateKey = crypto.createPrivateKey({ key: Buffer.from(PrivateKeyPlaintext), format: 'der', type: 'pkcs8' });
  expect([privateKey.asymmetricKeyType, privateKey.asymmetricKeyDetails]).toEqual([type, details]);
  const told = crypto.createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  expect(hex(told)).toBe(hex(PublicKey));
});

// RFC 9935 section 6, the seed alone: as long for each of them.
test('private keys of ML-KEM are as long for each spec, and differ in their algorithm', () => {
  const { KeyId = '' } = engine.createKey();
  const all = (['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const).map(
    (KeyPairSpec) => engine.call('GenerateDataKeyPair', { KeyId, KeyPairSpec }).PrivateKeyPlaintext ?? expect.fail(),
  );
  expect(all.map(({ length }) => length)).toEqual([86, 86, 86]);
  expect(all.map((der) => hex(der).slice(0, 44))).toEqual(
    ['01', '02', '03'].map((arc) => `3054020100300b06096086480165030404${arc}04428040`),
  );
});

test('what a caller does to an answer changes no other', () => {
  const { KeyId = '' } = engine.createKey();
  const answer = engine.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256' });
  const { PrivateKeyCiphertextBlob: CiphertextBlob, PrivateKeyPlaintext, PublicKey } = answer;
  const before = hex(PrivateKeyPlaintext);
  PrivateKeyPlaintext?.set(octets(10));
  PublicKey?.fill(0);
  expect(hex(engine.call('Decrypt', { CiphertextBlob }).Plaintext)).toBe(before);
});

test('a Recipient alone reads the private key, as PKCS#8', () => {
  const attesting = new AttestingEngine();
  const { KeyId = '' } = attesting.createKey();
  const Recipient = attesting.recipient();
  const answer = attesting.call('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256', Recipient });
  expect(answer).toMatchObject({ KeyMaterialId: expect.any(String), KeyPairSpec: 'ECC_NIST_P256' });
  expect(answer).not.toHaveProperty('PrivateKeyPlaintext');
  const pkcs8 = opened(answer.CiphertextForRecipient);
  const publicKey = createPublicKey(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }));
  expect(hex(publicKey.export({ type: 'spki', format: 'der' }))).toBe(hex(answer.PublicKey));
  const { Plaintext } = attesting.call('Decrypt', { CiphertextBlob: answer.PrivateKeyCiphertextBlob });
  expect(hex(Plaintext)).toBe(hex(pkcs8));
});
