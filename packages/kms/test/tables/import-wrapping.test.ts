// Every key spec comes in under every wrapping algorithm that its material allows, and is then the key that was sent.

import * as crypto from 'node:crypto';
import { type KeyPairSpec, keySpecs, type WrappingAlgorithm, type WrappingKeySpec } from '@kmsim/hsm-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { admin, TestEngine, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { Importer, octets } from '../operations/import-suite.ts';
import { beijing, callerFor, engineWithBeijing, keyPairOf, usageOf } from '../operations/key-pair-material.ts';

beforeAll(() => librariesLoaded());

const direct = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;
const through = ['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const;

interface Way {
  readonly algorithm: WrappingAlgorithm;
  readonly under: WrappingKeySpec;
}

const ways = (under: WrappingKeySpec, ...algorithms: readonly WrappingAlgorithm[]): readonly Way[] =>
  algorithms.map((algorithm) => ({ algorithm, under }));

// An RSA key takes long to grow, so most go under the smallest, and some under the others.
const symmetricWays = ways('RSA_2048', ...direct);
const everyWay = ways('RSA_2048', ...direct, ...through);
const pairs: readonly (readonly [KeyPairSpec, readonly Way[]])[] = [
  ['RSA_2048', ways('RSA_2048', ...through)],
  ['RSA_3072', ways('RSA_2048', ...through)],
  ['RSA_4096', [...ways('RSA_2048', ...through), ...ways('RSA_3072', ...through), ...ways('RSA_4096', through[1])]],
  ['ECC_NIST_P256', everyWay],
  ['ECC_NIST_P384', everyWay],
  ['ECC_NIST_P521', [...ways('RSA_2048', ...through), ...ways('RSA_3072', ...direct), ...ways('RSA_4096', direct[1])]],
  ['ECC_SECG_P256K1', everyWay],
  ['ECC_NIST_EDWARDS25519', everyWay],
  ['SM2', [...ways('SM2', 'SM2PKE'), ...ways('RSA_2048', ...direct)]],
];

test('every key spec is tried', () => {
  const tried = [...pairs.map(([spec]) => spec), 'SYMMETRIC_DEFAULT', ...hmacs.map(([spec]) => spec)];
  const importable = Object.keys(keySpecs).filter((spec) => !spec.startsWith('ML_'));
  expect(tried.sort()).toEqual(importable.sort());
});

describe.each(pairs)('a private key of %s', (KeySpec, its) => {
  test.each(its)('by $algorithm under $under', ({ algorithm, under }) => {
    const { privateKey, publicKey } = keyPairOf(KeySpec);
    const engine = engineWithBeijing();
    const importer = new Importer(engine, { KeySpec, KeyUsage: usageOf(KeySpec) }, callerFor(KeySpec));
    importer.import(privateKey, {}, importer.parameters(algorithm, under));
    expect(importer.state).toBe('Enabled');
    const answer = engine.call('GetPublicKey', { KeyId: importer.key.Arn }, importer.by);
    expect(answer.PublicKey).toEqual(publicKey);
  });
});

// All key specs of RSA and ECC are known to node:crypto, whose word it is that both halves belong together.
test.each(pairs.filter(([spec]) => /^(?:RSA|ECC)/.test(spec)))(
  '%s: it is the public key of the private one',
  (spec) => {
    const { privateKey, publicKey } = keyPairOf(spec);
    const key = crypto.createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
    const own = crypto.createPublicKey(key).export({ format: 'der', type: 'spki' });
    expect(Uint8Array.from(own)).toEqual(publicKey);
  },
);

const hmacs = [
  ['HMAC_224', 'HMAC_SHA_224', 'sha224', 28],
  ['HMAC_256', 'HMAC_SHA_256', 'sha256', 32],
  ['HMAC_384', 'HMAC_SHA_384', 'sha384', 48],
  ['HMAC_512', 'HMAC_SHA_512', 'sha512', 64],
] as const;

describe.each(hmacs)('a key of %s', (KeySpec, MacAlgorithm, hash, length) => {
  test.each(symmetricWays)('by $algorithm under $under makes the MACs that others make', ({ algorithm, under }) => {
    const importer = new Importer(undefined, { KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const material = octets(3, length);
    importer.import(material, {}, importer.parameters(algorithm, under));
    const input = { KeyId: importer.key.Arn, MacAlgorithm, Message: utf8('message') };
    const { Mac } = importer.engine.call('GenerateMac', input);
    expect(Mac).toEqual(Uint8Array.from(crypto.createHmac(hash, material).update('message').digest()));
  });
});

describe('a symmetric key', () => {
  const largerToo = [...symmetricWays, ...ways('RSA_3072', direct[0]), ...ways('RSA_4096', direct[1])];

  test.each([
    ...largerToo.map((way) => ({ ...way, by: admin, length: 32 })),
    // "In China Regions, it must be a 128-bits (16 bytes) of binary data."
    ...symmetricWays.map((way) => ({ ...way, by: beijing, length: 16 })),
  ])('of $length bytes by $algorithm under $under encrypts and decrypts', ({ algorithm, by, length, under }) => {
    const engine = engineWithBeijing();
    const importer = new Importer(engine, {}, by);
    const other = octets(4, 48 - length);
    expect(importer.refusal(other, {}, importer.parameters(algorithm, under)).code).toBe(
      'IncorrectKeyMaterialException',
    );
    importer.import(octets(4, length), {}, importer.parameters(algorithm, under));
    const { CiphertextBlob } = engine.call('Encrypt', { KeyId: importer.key.Arn, Plaintext: utf8('text') }, by);
    expect(engine.call('Decrypt', { CiphertextBlob }, by).Plaintext).toEqual(utf8('text'));
  });
});

// "except in China Regions, where you must use the SM2PKE wrapping algorithm"
test.each(['RSA_2048', 'ECC_NIST_P256'] as const)('in Beijing a private key of %s comes by SM2PKE', (KeySpec) => {
  const { privateKey, publicKey } = keyPairOf(KeySpec);
  const engine = engineWithBeijing();
  const importer = new Importer(engine, { KeySpec, KeyUsage: 'SIGN_VERIFY' }, beijing);
  importer.import(privateKey, {}, importer.parameters('SM2PKE', 'SM2'));
  expect(engine.call('GetPublicKey', { KeyId: importer.key.Arn }, beijing).PublicKey).toEqual(publicKey);
});

// The rest of the portable backend is compared with the native one where its parts are tested: an RSA key takes it long.
test('the portable backend takes in the same, and gives it the same id', async () => {
  await librariesLoaded('portable');
  const input = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;
  const { privateKey, publicKey } = keyPairOf('ECC_NIST_P256');
  const [native, portable] = (['native', 'portable'] as const).map((backend) => {
    const importer = new Importer(new TestEngine({ backend }), input);
    const id = importer.import(privateKey, {}, importer.parameters(through[1]));
    const answer = importer.engine.call('GetPublicKey', { KeyId: importer.key.Arn });
    return { id, publicKey: answer.PublicKey };
  });
  expect(portable).toEqual(native);
  expect(portable?.publicKey).toEqual(publicKey);
});
