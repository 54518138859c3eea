// What is no token, no wrap and no material: each refused in its own way, and nothing has changed.

import * as crypto from 'node:crypto';
import type { KeyPairSpec } from '@kmsim/hsm-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { Importer, octets, type Parameters, wrap } from './import-suite.ts';
import { callerFor, engineWithBeijing, keyPairOf, usageOf } from './key-pair-material.ts';

beforeAll(() => librariesLoaded());

const invalidToken = {
  code: 'InvalidImportTokenException',
  message: 'The import token is invalid or belongs to another KMS key.',
};
const notUnwrapped = { code: 'InvalidCiphertextException', message: undefined };
const wrongMaterial = {
  code: 'IncorrectKeyMaterialException',
  message: 'The key material is not valid for the key spec of the KMS key.',
};

const spoilt = (bytes: Uint8Array, at: number, bit = 1): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ bit);

describe('a token', () => {
  test('is good for 24 hours, to the millisecond', () => {
    const importer = new Importer();
    const parameters = importer.parameters();
    importer.engine.wait(dayMs - 1);
    importer.import(octets(1), {}, parameters);
    importer.engine.wait(1);
    expect(importer.refusal(octets(1), {}, parameters)).toEqual({
      code: 'ExpiredImportTokenException',
      message: 'The import token has expired.',
    });
  });

  test('is good more than once, in any order among others, and after many others', () => {
    const importer = new Importer();
    const [one, other] = [importer.parameters(), importer.parameters()];
    importer.import(octets(1), {}, other);
    importer.import(octets(1), {}, one);
    // More than the vault keeps wrapping keys of.
    for (let time = 0; time < 17; time++) importer.parameters();
    importer.import(octets(1), {}, one);
  });

  test('is good after a snapshot', () => {
    const importer = new Importer();
    const parameters = importer.parameters();
    const engine = new TestEngine({ snapshot: importer.engine.snapshot() });
    engine.call('ImportKeyMaterial', importer.request(octets(1), {}, parameters));
    expect(engine.keyState(importer.key.Arn)).toBe('Enabled');
  });

  test('goes with its own public key', () => {
    const importer = new Importer();
    const [one, other] = [importer.parameters(), importer.parameters()];
    expect(importer.refusal(octets(1), {}, { ...one, token: other.token })).toEqual(notUnwrapped);
  });

  test('of another key is refused, in whatever state that one is', () => {
    const engine = new TestEngine();
    const [mine, other] = [new Importer(engine), new Importer(engine)];
    expect(mine.refusal(octets(1), {}, other.parameters())).toEqual(invalidToken);
  });

  test('of another world is refused', () => {
    const elsewhere = new Importer(new TestEngine({ seed: 'another' }));
    expect(new Importer().refusal(octets(1), {}, elsewhere.parameters())).toEqual(invalidToken);
  });

  test('is refused when any byte of it is damaged, when it is cut and when it is longer', () => {
    const importer = new Importer();
    const parameters = importer.parameters();
    const { token } = parameters;
    const request = importer.request(octets(1), {}, parameters);
    const wrong = [
      ...Array.from(token.keys(), (at) => spoilt(token, at, 1 << (at % 8))).filter((_, at) => at % 7 === 0),
      spoilt(token, token.length - 1),
      ...[1, 11, 12, 27, 28, 43, 44, token.length - 1].map((length) => token.slice(0, length)),
      Uint8Array.of(...token, 0),
      new Uint8Array(token.length),
      octets(9, 6144),
    ];
    for (const ImportToken of wrong)
      expect(importer.engine.refusal('ImportKeyMaterial', { ...request, ImportToken })).toEqual(invalidToken);
    importer.call('ImportKeyMaterial', request);
  });

  test.each([
    ['empty', new Uint8Array()],
    ['longer than the model allows', new Uint8Array(6145)],
  ])('that is %s is no valid request', (_what, ImportToken) => {
    const importer = new Importer();
    expect(importer.refusal(octets(1), { ImportToken }).code).toBe('ValidationException');
  });

  test('that has expired is called so before its material is looked at', () => {
    const importer = new Importer();
    const parameters = importer.parameters();
    importer.engine.wait(dayMs);
    const given = { EncryptedKeyMaterial: octets(1) };
    expect(importer.refusal(octets(1), given, parameters).code).toBe('ExpiredImportTokenException');
  });
});

describe('what does not unwrap is refused without a word', () => {
  const rsa = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;

  test.each(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const)(
    '%s',
    (algorithm) => {
      const importer = new Importer(undefined, rsa);
      const parameters = importer.parameters(algorithm);
      const { privateKey } = keyPairOf('ECC_NIST_P256');
      const right = wrap(algorithm, parameters.publicKey, privateKey);
      const otherHash = algorithm.endsWith('_1') ? algorithm.replace(/1$/, '256') : algorithm.replace(/256$/, '1');
      const otherWay = algorithm.startsWith('RSAES') ? 'RSA_AES_KEY_WRAP_SHA_256' : 'RSAES_OAEP_SHA_256';
      for (const EncryptedKeyMaterial of [
        Uint8Array.of(0),
        octets(1, 6144),
        octets(1, right.length),
        privateKey,
        spoilt(right, 0),
        spoilt(right, 255, 128),
        spoilt(right, right.length - 1),
        right.slice(0, -1),
        right.slice(0, -8),
        right.slice(1),
        Uint8Array.of(...right, 0),
        Uint8Array.of(...right, ...new Uint8Array(8)),
        Uint8Array.of(...right, ...right),
        wrap(otherHash as Parameters['algorithm'], parameters.publicKey, privateKey),
        wrap(otherWay, parameters.publicKey, privateKey),
        wrap(algorithm, keyPairOf('RSA_2048').publicKey, privateKey),
      ])
        expect(importer.refusal(privateKey, { EncryptedKeyMaterial }, parameters)).toEqual(notUnwrapped);
      importer.import(privateKey, {}, parameters);
    },
  );

  test('SM2PKE', () => {
    const by = callerFor('SM2');
    const importer = new Importer(engineWithBeijing(), { KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' }, by);
    const parameters = importer.parameters('SM2PKE', 'SM2');
    const right = wrap('SM2PKE', parameters.publicKey, keyPairOf('SM2').privateKey);
    for (const EncryptedKeyMaterial of [
      Uint8Array.of(0),
      spoilt(right, 0),
      spoilt(right, 40),
      spoilt(right, right.length - 1),
      right.slice(0, -1),
      Uint8Array.of(...right, 0),
      wrap('SM2PKE', keyPairOf('SM2').publicKey, octets(1)),
    ])
      expect(importer.refusal(octets(1), { EncryptedKeyMaterial }, parameters)).toEqual(notUnwrapped);
  });
});

describe('material of the wrong length', () => {
  test.each([0, 1, 16, 24, 31, 33, 64])('%i bytes are no symmetric key', (length) => {
    expect(new Importer().refusal(octets(1, length))).toEqual(wrongMaterial);
  });

  test.each([
    ['HMAC_224', 28],
    ['HMAC_256', 32],
    ['HMAC_384', 48],
    ['HMAC_512', 64],
  ] as const)('an %s key has from %i to 128 bytes', (KeySpec, length) => {
    const engine = new TestEngine();
    for (const right of [length, length + 1, 128]) {
      const importer = new Importer(engine, { KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
      for (const wrong of [0, length - 1, 129]) expect(importer.refusal(octets(1, wrong))).toEqual(wrongMaterial);
      importer.import(octets(1, right));
    }
  });
});

describe('a private key that is none of the spec', () => {
  const specs: readonly KeyPairSpec[] = [
    'RSA_2048',
    'RSA_3072',
    'ECC_NIST_P256',
    'ECC_NIST_P384',
    'ECC_SECG_P256K1',
    'ECC_NIST_EDWARDS25519',
  ];

  test.each(specs)('%s takes its own and no other', (KeySpec) => {
    const { privateKey, publicKey } = keyPairOf(KeySpec);
    const importer = new Importer(undefined, { KeySpec, KeyUsage: usageOf(KeySpec) });
    const parameters = importer.parameters('RSA_AES_KEY_WRAP_SHA_256');
    const refused = [
      ...specs.filter((spec) => spec !== KeySpec).map((spec) => keyPairOf(spec).privateKey),
      publicKey,
      privateKey.slice(0, -1),
      privateKey.slice(1),
      Uint8Array.of(...privateKey, 0),
      new TextEncoder().encode(Buffer.from(privateKey).toString('base64')),
      octets(1),
      octets(1, 200),
      new Uint8Array(48),
      // SEQUENCE { INTEGER 0 } and no more.
      Uint8Array.of(0x30, 3, 2, 1, 0),
    ];
    for (const material of refused) expect(importer.refusal(material, {}, parameters)).toEqual(wrongMaterial);
    importer.import(privateKey, {}, parameters);
  });

  test('a key in another form than PKCS#8 is none, nor is an encrypted one', () => {
    const importer = new Importer(undefined, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const parameters = importer.parameters('RSA_AES_KEY_WRAP_SHA_256');
    const der = { key: Buffer.from(keyPairOf('ECC_NIST_P256').privateKey), format: 'der', type: 'pkcs8' } as const;
    const key = crypto.createPrivateKey(der);
    for (const form of [
      key.export({ format: 'der', type: 'sec1' }),
      key.export({ format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }),
      Buffer.from(key.export({ format: 'pem', type: 'pkcs8' })),
    ])
      expect(importer.refusal(Uint8Array.from(form), {}, parameters)).toEqual(wrongMaterial);
  });

  // The public key inside an EC key and the numbers of an RSA key say more than once what the key is. Byte 5 is the version, of
  // which RFC 5958 has two.
  test.each([
    ['ECC_NIST_P256', 1],
    ['RSA_2048', 29],
  ] as const)('%s: damaged, it is no other key', (KeySpec, every) => {
    const importer = new Importer(undefined, { KeySpec, KeyUsage: 'SIGN_VERIFY' });
    const parameters = importer.parameters('RSA_AES_KEY_WRAP_SHA_256');
    const { privateKey } = keyPairOf(KeySpec);
    for (const at of privateKey.keys()) {
      if (at % every !== 0 || at === 5) continue;
      expect(importer.refusal(spoilt(privateKey, at), {}, parameters)).toEqual(wrongMaterial);
    }
  });

  // RFC 5958: the public key may stand beside the private one. Of SEC 1 keys it stands inside.
  test.each(['ECC_NIST_P256', 'ECC_SECG_P256K1'] as const)(
    '%s: with and without its public key it is one material',
    (spec) => {
      const importer = new Importer(undefined, { KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
      const parameters = importer.parameters();
      const { privateKey, publicKey } = keyPairOf(spec);
      const bare = withoutPublicKey(privateKey);
      expect(bare.length).toBeLessThan(privateKey.length);
      const id = importer.import(bare, {}, parameters);
      expect(importer.import(privateKey, {}, parameters)).toBe(id);
      importer.delete();
      expect(importer.import(privateKey, {}, parameters)).toBe(id);
      expect(importer.engine.call('GetPublicKey', { KeyId: importer.key.Arn }).PublicKey).toEqual(publicKey);
    },
  );
});

// OpenSSL writes it so with -no_public: the [1] at the end of ECPrivateKey is left out, and three lengths are shorter.
function withoutPublicKey(pkcs8: Uint8Array): Uint8Array {
  const der = { key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' } as const;
  const { crv, d = '' } = crypto.createPrivateKey(der).export({ format: 'jwk' });
  const octetString = (content: readonly number[]): number[] => [4, content.length, ...content];
  const sequence = (...content: readonly number[]): number[] => [0x30, content.length, ...content];
  const curve = crv === 'P-256' ? '06082a8648ce3d030107' : '06052b8104000a';
  const algorithm = sequence(...Buffer.from(`06072a8648ce3d0201${curve}`, 'hex'));
  const ecPrivateKey = sequence(2, 1, 1, ...octetString([...Buffer.from(d, 'base64url')]));
  return Uint8Array.from(sequence(2, 1, 0, ...algorithm, ...octetString(ecPrivateKey)));
}
