// Key pairs made outside KMS.

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeKeyPair, pairSpecs } from '../../src/client/key-pair.ts';
import { draw } from './draw.ts';

const message = Buffer.from('a message');

describe.each(pairSpecs.filter((spec) => !/3072|4096/.test(spec)))('%s', (spec) => {
  const { privateKey, publicKey } = makeKeyPair(spec, 65_537, draw(spec));
  const own = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const others = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });

  test('is a pair: what one signs the other verifies', () => {
    const hash = spec.includes('EDWARDS') ? null : 'sha256';
    expect(verify(hash, message, others, sign(hash, message, own))).toBe(true);
  });

  test('is the same for the same bytes, and another for others', () => {
    expect(makeKeyPair(spec, 65_537, draw(spec))).toEqual({ privateKey, publicKey });
    expect(makeKeyPair(spec, 65_537, draw('others')).publicKey).not.toEqual(publicKey);
  });
});

test.each([
  ['ECC_NIST_P384', 'secp384r1'],
  ['ECC_NIST_P521', 'secp521r1'],
  ['ECC_SECG_P256K1', 'secp256k1'],
])('%s is on %s', (spec, namedCurve) => {
  const { publicKey } = makeKeyPair(spec, 65_537, draw('curve'));
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  expect(key.asymmetricKeyDetails).toEqual({ namedCurve });
});

test('RSA_4096 has 4096 bits and the exponent asked for', () => {
  const { publicKey } = makeKeyPair('RSA_4096', 65_537, draw('long'));
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  expect(key.asymmetricKeyDetails).toEqual({ modulusLength: 4096, publicExponent: 65_537n });
});

test('a number that is no private key of the curve is passed over', () => {
  let drawn = 0;
  const stubborn = (label: string, length: number): Uint8Array => {
    drawn += 1;
    return drawn === 1
      ? new Uint8Array(length)
      : drawn === 2
        ? new Uint8Array(length).fill(255)
        : draw('x')(label, length);
  };
  makeKeyPair('ECC_NIST_P256', 65_537, stubborn);
  expect(drawn).toBe(3);
});

test('a spec that has no pair is said to have none', () => {
  expect(() => makeKeyPair('HMAC_256', 65_537, draw('x'))).toThrow('no key pair of HMAC_256 can be made here');
});
