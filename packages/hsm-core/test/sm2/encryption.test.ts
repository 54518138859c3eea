// SM2PKE: the standard's example, a second library, OpenSSL, and what is no ciphertext.

import { fc, test as property } from '@fast-check/vitest';
import { sm2 as other } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import { integer, octetString, sequence, toBytes } from '../../src/der/element.ts';
import { extraOctets, scalarFrom } from '../../src/ecc/key.ts';
import { affine } from '../../src/ecc/numbers.ts';
import { spki, toPkcs8 } from '../../src/ecc.ts';
import { seedStream } from '../../src/seed-stream.ts';
import { decrypt, encrypt } from '../../src/sm2/encryption.ts';
import { sm2Answer } from '../data/sm2-known-answers.ts';
import { families, native } from '../family-backends.ts';
import { fromHex, hex, octets, spoilt, utf8 } from '../octets.ts';
import { openssl, opensslAbsent, opensslReason } from '../openssl-command.ts';
import { opensslProof, provesExample } from '../proof.ts';
import { seededKey, standardKey } from './keys.ts';

const number = (digits: string): bigint => BigInt(`0x${digits}`);
const random = octets(32, 77);

const written = (x: bigint, y: bigint, c3: Uint8Array, c2: Uint8Array): Uint8Array =>
  toBytes(sequence(integer(x), integer(y), octetString(c3), octetString(c2)));

describe.each(families)('on $name', (family) => {
  const key = standardKey(family);
  const [x, y] = [number(sm2Answer.c1.x), number(sm2Answer.c1.y)];
  const [c3, c2] = [fromHex(sm2Answer.c3), fromHex(sm2Answer.c2)];
  const { p } = key.curve;

  test('GB/T 32918.5 appendix C decrypts', () => {
    expect(hex(decrypt(key, written(x, y, c3, c2)))).toBe(hex(sm2Answer.plaintext));
    provesExample(['SM2PKE'], 'GB/T 32918.5', family.name);
  });

  test('what is damaged does not', () => {
    for (const wrong of [
      written(x, p - y, c3, c2),
      written(y, x, c3, c2),
      written(x + p, y, c3, c2),
      written(x, y + p, c3, c2),
      written(0n, 0n, c3, c2),
      written(x, y, spoilt(c3, 31), c2),
      written(x, y, c3.subarray(1), c2),
      written(x, y, c3, spoilt(c2, 0)),
      written(x, y, c3, c2.subarray(1)),
      written(x, y, c3, Uint8Array.of(...c2, 0)),
      written(x, y, c3, new Uint8Array()),
      Uint8Array.of(...written(x, y, c3, c2), 0),
      written(x, y, c3, c2).subarray(1),
      fromHex(`04${sm2Answer.c1.x}${sm2Answer.c1.y}${sm2Answer.c3}${sm2Answer.c2}`),
      new Uint8Array(),
    ]) {
      expect(decrypt(key, wrong)).toBeUndefined();
    }
    expect(decrypt(seededKey(family), written(x, y, c3, c2))).toBeUndefined();
  });

  test.each([1, 31, 32, 33, 190, 1024])(
    '%d bytes come back, and the ciphertext follows from the random bytes',
    (length) => {
      const plaintext = octets(length, 3);
      const ciphertext = encrypt(key, plaintext, random);
      expect(hex(decrypt(key, ciphertext))).toBe(hex(plaintext));
      expect(hex(encrypt(standardKey(native), plaintext, random))).toBe(hex(ciphertext));
      expect(hex(encrypt(key, plaintext, spoilt(random, 31)))).not.toBe(hex(ciphertext));
    },
  );
});

// GB/T 32918.4 section 6.1, step A5, and section 7.1, step B4. Of these random bytes the first k has a mask that begins with a zero.
describe('one byte under a mask of zeros', () => {
  const key = standardKey(native);
  const { curve, primitives } = key;
  const unlucky = Uint8Array.of(2, 106, ...new Uint8Array(30));
  const byte = Uint8Array.of(0x41);
  const k = scalarFrom(curve, seedStream(unlucky, 'kmsim SM2PKE')(extraOctets(curve)));
  const shared = primitives.multiply(curve, k, key.publicPoint) ?? new Uint8Array();
  const { x, y } = affine(curve, primitives.multiplyBase(curve, k));

  test('is encrypted with the next k', () => {
    expect(native.hashes.SM3.digest(Uint8Array.of(...shared.subarray(1), 0, 0, 0, 1))[0]).toBe(0);
    const ciphertext = encrypt(key, byte, unlucky);
    expect(hex(ciphertext.subarray(-1))).not.toBe('41');
    expect(hex(decrypt(key, ciphertext))).toBe('41');
    // Two bytes have a mask that is not all zeros, and are encrypted with the first.
    expect(hex(encrypt(key, octets(2), unlucky))).toContain(x.toString(16));
    expect(hex(ciphertext)).not.toContain(x.toString(16));
  });

  test('is not decrypted', () => {
    const c3 = native.hashes.SM3.digest(Uint8Array.of(...shared.subarray(1, 33), ...byte, ...shared.subarray(33)));
    expect(decrypt(key, written(x, y, c3, byte))).toBeUndefined();
  });
});

property.prop([fc.uint8Array({ minLength: 2, maxLength: 200 })], { numRuns: 10 })(
  'sm-crypto-v2 decrypts our ciphertexts, and we decrypt its',
  (plaintext) => {
    for (const family of families) {
      const key = seededKey(family);
      const options = { asn1: true, output: 'array' } as const;
      const ours = hex(encrypt(key, plaintext, random)) ?? '';
      expect(hex(Uint8Array.from(other.doDecrypt(ours, hex(key.scalar()) ?? '', 1, options)))).toBe(hex(plaintext));
      const theirs = other.doEncrypt(plaintext, hex(key.publicPoint) ?? '', 1, { asn1: true });
      expect(hex(decrypt(key, fromHex(theirs)))).toBe(hex(plaintext));
    }
  },
);

describe.skipIf(opensslAbsent)(`OpenSSL${opensslReason}`, { meta: { proof: opensslProof('SM2PKE') } }, () => {
  const key = seededKey(native);
  const plaintext = utf8('wrapped with SM2');

  test('decrypts our ciphertexts', () => {
    const files = { key: toPkcs8(key), ciphertext: encrypt(key, plaintext, random) };
    const given = ['-decrypt', '-inkey', 'key', '-keyform', 'DER', '-in', 'ciphertext'];
    expect(hex(openssl(['pkeyutl', ...given], files).output)).toBe(hex(plaintext));
  });

  test('and we decrypt its', () => {
    const given = ['-encrypt', '-pubin', '-inkey', 'key', '-keyform', 'DER', '-in', 'plaintext'];
    const { output } = openssl(['pkeyutl', ...given], { key: spki(key), plaintext });
    expect(hex(decrypt(key, output))).toBe(hex(plaintext));
  });
});
