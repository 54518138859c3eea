// ECDSA with P-384, which node:crypto judges.

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SignatureVerifier, signingKey } from '../src/p384.ts';

const message = Buffer.from('attack at dawn');
const key = signingKey(new Uint8Array(32).fill(1), 'one');
const jwk = (point: Uint8Array) => ({
  kty: 'EC',
  crv: 'P-384',
  x: Buffer.from(point.subarray(1, 49)).toString('base64url'),
  y: Buffer.from(point.subarray(49)).toString('base64url'),
});
const encodings = { compact: 'ieee-p1363', der: 'der' } as const;

describe.each(['compact', 'der'] as const)('%s', (format) => {
  test('what is signed here is verified there', () => {
    const publicKey = createPublicKey({ key: jwk(key.publicPoint), format: 'jwk' });
    const signature = key.sign(message, format);
    expect(verify('sha384', message, { key: publicKey, dsaEncoding: encodings[format] }, signature)).toBe(true);
  });

  test('what is signed there is verified here, whichever half its s is in', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    for (let round = 0; round < 6; round++) {
      const signature = sign('sha384', message, {
        key: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })),
        dsaEncoding: encodings[format],
      });
      expect(new SignatureVerifier().isGood(point, message, signature, format)).toBe(true);
    }
  });

  test('anything else is not good, asked once or again', () => {
    const verifier = new SignatureVerifier();
    const signature = key.sign(message, format);
    const other = signingKey(new Uint8Array(32).fill(1), 'two').publicPoint;
    const noPoint = key.publicPoint.with(96, (key.publicPoint[96] ?? 0) ^ 1);
    for (let round = 0; round < 2; round++) {
      expect(verifier.isGood(key.publicPoint, message, signature, format)).toBe(true);
      expect(verifier.isGood(key.publicPoint, Buffer.from('attack at dusk'), signature, format)).toBe(false);
      expect(verifier.isGood(other, message, signature, format)).toBe(false);
      expect(verifier.isGood(noPoint, message, signature, format)).toBe(false);
      expect(verifier.isGood(key.publicPoint, message, signature.with(-1, (signature.at(-1) ?? 0) ^ 1), format)).toBe(
        false,
      );
      expect(verifier.isGood(key.publicPoint, message, new Uint8Array(96), format)).toBe(false);
      expect(verifier.isGood(key.publicPoint, message, new Uint8Array(), format)).toBe(false);
    }
  });
});

test('a key is that of its secret and its name, and signs the same twice', () => {
  const again = signingKey(new Uint8Array(32).fill(1), 'one');
  expect(again.publicPoint).toEqual(key.publicPoint);
  expect(again.sign(message, 'compact')).toEqual(key.sign(message, 'compact'));
  expect(signingKey(new Uint8Array(32).fill(2), 'one').publicPoint).not.toEqual(key.publicPoint);
  expect(signingKey(new Uint8Array(32).fill(1), 'two').publicPoint).not.toEqual(key.publicPoint);
});
