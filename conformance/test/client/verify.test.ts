// Signatures checked outside KMS.

import { constants, createPrivateKey, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { digest } from '../../src/client/hashes.ts';
import { makeKeyPair } from '../../src/client/key-pair.ts';
import { verifiesLocally } from '../../src/client/verify.ts';
import { draw } from './draw.ts';

const message = new Uint8Array(Buffer.from('a message'));
const rsa = makeKeyPair('RSA_2048', 65_537, draw('signing'));
const ecc = makeKeyPair('ECC_NIST_P256', 65_537, draw('signing'));
const own = (der: Uint8Array) => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
const pss = (saltLength: number, hash = 'sha256'): Uint8Array =>
  sign(hash, message, { key: own(rsa.privateKey), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

describe('a message', () => {
  test.each([
    ['RSASSA_PSS_SHA_256', rsa.publicKey, pss(32)],
    ['RSASSA_PKCS1_V1_5_SHA_512', rsa.publicKey, sign('sha512', message, own(rsa.privateKey))],
    ['ECDSA_SHA_256', ecc.publicKey, sign('sha256', message, own(ecc.privateKey))],
  ])('%s', (algorithm, publicKey, signature) => {
    const signed = { publicKey, algorithm, messageType: 'RAW', message };
    expect(verifiesLocally(signed, signature)).toBe(true);
    expect(verifiesLocally({ ...signed, message: Uint8Array.of(1) }, signature)).toBe(false);
    expect(verifiesLocally(signed, signature.with(40, (signature[40] ?? 0) ^ 1))).toBe(false);
  });

  test('with a salt of another length does not verify', () => {
    const signed = { publicKey: rsa.publicKey, algorithm: 'RSASSA_PSS_SHA_256', messageType: 'RAW', message };
    expect(verifiesLocally(signed, pss(20))).toBe(false);
    expect(verifiesLocally({ ...signed, saltLength: 20 }, pss(20))).toBe(true);
  });

  test('with a key of another kind does not verify', () => {
    const signed = { publicKey: ecc.publicKey, algorithm: 'RSASSA_PSS_SHA_256', messageType: 'RAW', message };
    expect(verifiesLocally(signed, pss(32))).toBe(false);
  });
});

// RFC 8017 section 9.1.2, by hand: node:crypto hashes whatever it verifies.
describe('a digest under RSASSA_PSS', () => {
  const signed = (hash: string) => ({
    ...{ publicKey: rsa.publicKey, algorithm: `RSASSA_PSS_${hash}`, messageType: 'DIGEST' },
    message: digest(hash, message),
  });

  test.each([
    ['SHA_256', 'sha256', 32],
    ['SHA_384', 'sha384', 48],
    ['SHA_512', 'sha512', 64],
  ])('%s', (hash, name, saltLength) => {
    expect(verifiesLocally(signed(hash), pss(saltLength, name))).toBe(true);
    expect(verifiesLocally(signed(hash), pss(saltLength - 1, name))).toBe(false);
    expect(verifiesLocally({ ...signed(hash), message: digest(hash) }, pss(saltLength, name))).toBe(false);
  });

  test('of every bit of a signature, none may change', () => {
    const signature = pss(32);
    const changed = Array.from({ length: 64 }, (_, at) =>
      signature.with(at * 4, (signature[at * 4] ?? 0) ^ (1 << (at % 8))),
    );
    expect(changed.some((one) => verifiesLocally(signed('SHA_256'), one))).toBe(false);
  });

  test.each([new Uint8Array(), new Uint8Array(255), new Uint8Array(256).fill(255)])(
    '%#: what is no signature',
    (bytes) => {
      expect(verifiesLocally(signed('SHA_256'), bytes)).toBe(false);
    },
  );

  test('with a key of another kind does not verify', () => {
    expect(verifiesLocally({ ...signed('SHA_256'), publicKey: ecc.publicKey }, pss(32))).toBe(false);
  });
});

test.each([
  ['ECDSA_SHA_256', 'DIGEST'],
  ['RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST'],
  ['ML_DSA_SHAKE_256', 'RAW'],
])('%s over a %s is said not to be checked here', (algorithm, messageType) => {
  const signed = { publicKey: rsa.publicKey, algorithm, messageType, message };
  expect(() => verifiesLocally(signed, new Uint8Array(256))).toThrow('is not checked outside KMS');
});
