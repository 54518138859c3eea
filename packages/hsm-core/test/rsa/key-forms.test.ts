// One RSA key has many PKCS#8 forms, and is one key.

import { describe, expect, test } from 'vitest';
import { keyAlgorithms } from '../../src/der/key-algorithms.ts';
import { type RsaPrivateNumbers, writeRsaPrivateKey, writeRsaPublicKey } from '../../src/der/private-key.ts';
import { writePkcs8 } from '../../src/der.ts';
import { fromPkcs8, RsaPrivateKey, rsaParameters, toPkcs8 } from '../../src/rsa.ts';
import { bytes, hex, native, numbersOf } from './backends.ts';
import { greatestCommonDivisor, inverse } from './numbers.ts';

describe('one key, however it is written', () => {
  const numbers = numbersOf('RSA_2048');
  const { d, dP, dQ, e, p, q } = numbers;
  const lambda = ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n);
  const form = (changed: Partial<RsaPrivateNumbers>): string | undefined => {
    const der = writePkcs8(keyAlgorithms.RSA, writeRsaPrivateKey({ ...numbers, ...changed }));
    const key = fromPkcs8(der, rsaParameters.RSA_2048, native);
    if (typeof key === 'string') expect.fail(key);
    return hex(toPkcs8(key));
  };

  test('with a larger private exponent', () => {
    expect(form({ d: d + lambda })).toBe(form({}));
  });

  test('with its primes the other way round', () => {
    const qInv = inverse(p % q, q);
    expect(form({ p: q, q: p, dP: dQ, dQ: dP, qInv })).toBe(form({}));
  });

  test('a public key beside it must be its own', () => {
    const beside = (publicKey: Uint8Array): unknown => {
      // RFC 5958: version 1, and the public key as [1] IMPLICIT BIT STRING.
      const one = Buffer.from(writePkcs8(keyAlgorithms.RSA, writeRsaPrivateKey(numbers)));
      const bits = Buffer.concat([Buffer.of(0), publicKey]);
      const tagged = Buffer.concat([Buffer.of(0x81, 0x82, bits.length >> 8, bits.length & 255), bits]);
      const inner = Buffer.concat([one.subarray(4), tagged]);
      inner[2] = 1;
      return fromPkcs8(
        Buffer.concat([Buffer.of(0x30, 0x82, inner.length >> 8, inner.length & 255), inner]),
        rsaParameters.RSA_2048,
        native,
      );
    };
    expect(beside(writeRsaPublicKey({ n: numbers.n, e }))).toBeInstanceOf(RsaPrivateKey);
    expect(beside(writeRsaPublicKey({ n: numbers.n + 2n, e }))).toBe('malformed');
    expect(beside(bytes(270))).toBe('malformed');
  });
});
