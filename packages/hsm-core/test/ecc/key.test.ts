// Keys of elliptic curves as others make them and read them: PKCS#8 in, PKCS#8 and SubjectPublicKeyInfo out.

import * as crypto from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type KeyAlgorithm, keyAlgorithms } from '../../src/der/key-algorithms.ts';
import { writeEcPrivateKey } from '../../src/der/private-key.ts';
import { writePkcs8 } from '../../src/der.ts';
import { extraOctets, scalarFrom } from '../../src/ecc/key.ts';
import { scalarOctets } from '../../src/ecc/numbers.ts';
import { curves, type EccKeySpec, type EccPrivateKey, fromPkcs8, grow, spki, toPkcs8 } from '../../src/ecc.ts';
import { families, native } from '../family-backends.ts';
import { fromHex, hex, octets, present, spoilt } from '../octets.ts';
import { openssl, opensslAbsent, opensslReason } from '../openssl-command.ts';
import { ecdsaSpecs, keyOf, outside, seed } from './keys.ts';

const allSpecs: readonly EccKeySpec[] = [...ecdsaSpecs, 'SM2'];

describe.each(allSpecs)('%s', (spec) => {
  const key = keyOf(spec, native);
  const { curve } = key;

  test('the same seed gives the same key on every backend, and another seed another', () => {
    for (const { ec, sm2 } of families) {
      const again = grow(seed, curve, spec === 'SM2' ? sm2 : ec);
      expect([hex(again.publicPoint), hex(again.scalar())]).toEqual([hex(key.publicPoint), hex(key.scalar())]);
      expect(hex(grow(spoilt(seed, 31), curve, ec).publicPoint)).not.toBe(hex(key.publicPoint));
    }
  });

  test('the seed itself is not the key, and stays as it was', () => {
    const given = Uint8Array.from(seed);
    expect(hex(grow(given, curve, native.ec).scalar())).not.toContain(hex(seed));
    expect(given).toEqual(seed);
  });

  test.skipIf(opensslAbsent)(`OpenSSL finds nothing wrong with either${opensslReason}`, () => {
    const files = { private: toPkcs8(key), public: spki(key) };
    const checked = openssl(['pkey', '-inform', 'DER', '-in', 'private', '-check', '-noout'], files);
    expect(checked.output.toString()).toMatch(/is valid/);
    const told = openssl(['pkey', '-inform', 'DER', '-in', 'private', '-pubout', '-outform', 'DER'], files);
    expect(hex(told.output)).toBe(hex(spki(key)));
    const written = openssl(['pkey', '-inform', 'DER', '-in', 'private', '-outform', 'DER'], files);
    const read = openssl(['pkcs8', '-topk8', '-nocrypt', '-inform', 'DER', '-in', 'private', '-outform', 'DER'], {
      private: written.output,
    });
    expect(hex(read.output)).toBe(hex(toPkcs8(key)));
  });

  test.each(families)('on $name it comes back from its PKCS#8, and as a key of another curve it does not', (family) => {
    const primitives = spec === 'SM2' ? family.sm2 : family.ec;
    const back = present(fromPkcs8(toPkcs8(key), curve, primitives));
    expect([hex(toPkcs8(back)), hex(spki(back))]).toEqual([hex(toPkcs8(key)), hex(spki(key))]);
    for (const other of allSpecs.filter((candidate) => candidate !== spec)) {
      expect(fromPkcs8(toPkcs8(key), curves[other], primitives)).toBe('wrong key spec');
    }
  });

  // FIPS 186-5 section A.2.1: (c mod (n - 1)) + 1; for SM2 (c mod (n - 2)) + 1.
  test('the extra random bits are reduced into the range', () => {
    expect(8 * extraOctets(curve)).toBeGreaterThanOrEqual(curve.bits + 64);
    const from = (number: bigint): bigint =>
      BigInt(`0x${hex(scalarFrom(curve, fromHex(number.toString(16).padStart(2 * extraOctets(curve), '0'))))}`);
    const { largestPrivateKey: largest } = curve;
    expect([0n, 1n, largest - 1n, largest, 5n * largest + 2n].map(from)).toEqual([1n, 2n, largest, 1n, 3n]);
  });
});

describe.each(ecdsaSpecs)('%s in node:crypto', (spec) => {
  const key = keyOf(spec, native);

  test('it reads and writes the same bytes', () => {
    const privateKey = outside(key);
    expect(privateKey.asymmetricKeyDetails).toEqual({ namedCurve: key.curve.openSslName });
    expect(hex(privateKey.export({ type: 'pkcs8', format: 'der' }))).toBe(hex(toPkcs8(key)));
    expect(hex(crypto.createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))).toBe(hex(spki(key)));
  });

  test.each(families)('a key that it made is taken in on $name', ({ ec }) => {
    const made = crypto.generateKeyPairSync('ec', { namedCurve: key.curve.openSslName });
    const taken = present(fromPkcs8(made.privateKey.export({ type: 'pkcs8', format: 'der' }), key.curve, ec));
    expect(hex(spki(taken))).toBe(hex(made.publicKey.export({ type: 'spki', format: 'der' })));
  });
});

describe.each(families)('what is no key, on $name', ({ ec }) => {
  const key = keyOf('ECC_NIST_P256', native);
  const { curve, publicPoint } = key;
  const { n, algorithm } = curve;
  const read = (der: Uint8Array): EccPrivateKey | string => fromPkcs8(der, curve, ec);
  const written = (secret: Uint8Array, point: Uint8Array, as: KeyAlgorithm = algorithm): Uint8Array =>
    writePkcs8(as, writeEcPrivateKey(secret, point));

  test('a private key out of range', () => {
    const last = keyOf('ECC_NIST_P256', { ...native, ec });
    const pointOf = (scalar: bigint): Uint8Array => last.primitives.multiplyBase(curve, scalarOctets(curve, scalar));
    expect(read(written(scalarOctets(curve, n - 1n), pointOf(n - 1n)))).toBeTypeOf('object');
    for (const number of [0n, n, n + 1n, (1n << 256n) - 1n]) {
      expect(read(written(scalarOctets(curve, number), publicPoint))).toBe('malformed');
    }
  });

  test('n - 1 is no key of SM2, n - 2 is one', () => {
    const { sm2 } = native;
    const sm2Key = (scalar: bigint): unknown => {
      const secret = scalarOctets(curves.SM2, scalar);
      return fromPkcs8(written(secret, sm2.multiplyBase(curves.SM2, secret), curves.SM2.algorithm), curves.SM2, sm2);
    };
    expect(sm2Key(curves.SM2.n - 1n)).toBe('malformed');
    expect(sm2Key(curves.SM2.n - 2n)).toBeTypeOf('object');
  });

  test('a private key of another length', () => {
    const short = fromHex('01');
    expect(read(written(short, ec.multiplyBase(curve, scalarOctets(curve, 1n))))).toBe('malformed');
    expect(read(written(Uint8Array.of(0, ...key.scalar()), publicPoint))).toBe('malformed');
    expect(read(written(key.scalar().subarray(1), publicPoint))).toBe('malformed');
  });

  test('a public key that is another one, no point, or in another form', () => {
    const compressed = Uint8Array.of(2 + ((publicPoint[64] ?? 0) & 1), ...publicPoint.subarray(1, 33));
    expect(read(written(key.scalar(), compressed))).toBeTypeOf('object');
    const other = ec.multiplyBase(curve, scalarOctets(curve, 9n));
    const opposite = Uint8Array.of(5 - (compressed[0] ?? 0), ...compressed.subarray(1));
    for (const point of [other, opposite, spoilt(publicPoint, 40), publicPoint.subarray(1), new Uint8Array(1)]) {
      expect(read(written(key.scalar(), point))).toBe('malformed');
    }
  });

  test('keys of another kind, and no keys', () => {
    const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 512 });
    expect(read(rsa.privateKey.export({ type: 'pkcs8', format: 'der' }))).toBe('wrong key spec');
    expect(read(written(key.scalar(), publicPoint, keyAlgorithms.Ed25519))).toBe('wrong key spec');
    const explicit = crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' });
    expect(read(explicit.privateKey.export({ type: 'pkcs8', format: 'der' }))).toBe('wrong key spec');
    expect(read(explicit.privateKey.export({ type: 'sec1', format: 'der' }))).toBe('malformed');
    expect(read(writePkcs8(algorithm, key.scalar()))).toBe('malformed');
    for (const wrong of [new Uint8Array(), octets(80), toPkcs8(key).subarray(1), Uint8Array.of(...toPkcs8(key), 0)]) {
      expect(read(wrong)).toBe('malformed');
    }
  });
});

describe('the private key', () => {
  test('does not show', () => {
    const key = grow(seed, curves.ECC_NIST_P256, native.ec);
    key.agree(key.publicPoint);
    const secret = key.scalar();
    const everything = { showHidden: true, depth: 9, maxArrayLength: null } as const;
    const seen = `${inspect(key, everything)} ${inspect({ ...key }, everything)}`;
    expect(seen.replace(/\s+/g, '')).not.toContain([...secret].join(','));
    expect(seen).not.toContain(hex(secret));
    expect(seen.length).toBeGreaterThan(100);
  });

  test('is overwritten when it is erased, and when it is refused', () => {
    const key = grow(seed, curves.ECC_NIST_P256, native.ec);
    const secret = key.scalar();
    key.erase();
    expect(secret.every((octet) => octet === 0)).toBe(true);
    const held: Uint8Array[] = [];
    const watching = {
      ...native.ec,
      multiplyBase: (...given: Parameters<typeof native.ec.multiplyBase>) => {
        held.push(given[1]);
        return native.ec.multiplyBase(...given);
      },
    };
    const other = native.ec.multiplyBase(key.curve, scalarOctets(key.curve, 9n));
    const der = writePkcs8(key.curve.algorithm, writeEcPrivateKey(new Uint8Array(32).fill(3), other));
    expect(fromPkcs8(der, key.curve, watching)).toBe('malformed');
    expect(held.map((bytes) => bytes.every((octet) => octet === 0))).toEqual([true]);
  });
});
