// RSA keys as others make them and read them: PKCS#8 in, PKCS#8 and SubjectPublicKeyInfo out.

import * as crypto from 'node:crypto';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { beforeAll, describe, expect, test } from 'vitest';
import { keyAlgorithms } from '../../src/der/key-algorithms.ts';
import { type RsaPrivateNumbers, writeRsaPrivateKey } from '../../src/der/private-key.ts';
import { writePkcs8 } from '../../src/der.ts';
import {
  fromPkcs8,
  fromSpki,
  grow,
  type RsaKeySpec,
  RsaPrivateKey,
  rsaParameters,
  spki,
  toPkcs8,
} from '../../src/rsa.ts';
import { openssl, opensslAbsent, opensslReason } from '../openssl-command.ts';
import { bytes, hex, keyOf, native, numbersOf, portable, rsaBackends, seed, specs } from './backends.ts';
import { greatestCommonDivisor, inverse } from './numbers.ts';

const privateDer = (bytes: Uint8Array): crypto.PrivateKeyInput => ({
  key: Buffer.from(bytes),
  format: 'der',
  type: 'pkcs8',
});
const publicDer = (bytes: Uint8Array): crypto.PublicKeyInput => ({
  key: Buffer.from(bytes),
  format: 'der',
  type: 'spki',
});

describe.each(specs)('%s', (spec) => {
  const key = keyOf(spec, native);

  test('the private key is what node:crypto writes for the same numbers, and reads', () => {
    const read = crypto.createPrivateKey(privateDer(toPkcs8(key)));
    expect(read.asymmetricKeyType).toBe('rsa');
    expect(read.asymmetricKeyDetails).toEqual({
      modulusLength: rsaParameters[spec].bits,
      publicExponent: 65537n,
    });
    expect(hex(read.export({ type: 'pkcs8', format: 'der' }))).toBe(hex(toPkcs8(key)));
  });

  test('the public key is what node:crypto tells from the private one, byte for byte', () => {
    const fromPrivate = crypto.createPublicKey(crypto.createPrivateKey(privateDer(toPkcs8(key))));
    expect(hex(fromPrivate.export({ type: 'spki', format: 'der' }))).toBe(hex(spki(key)));
    expect(crypto.createPublicKey(publicDer(spki(key))).asymmetricKeyType).toBe('rsa');
  });

  test.skipIf(opensslAbsent)(`OpenSSL finds nothing wrong with either${opensslReason}`, () => {
    const files = { private: toPkcs8(key), public: spki(key) };
    expect(openssl(['rsa', '-inform', 'DER', '-in', 'private', '-check', '-noout'], files).output.toString()).toMatch(
      /RSA key ok/,
    );
    const told = openssl(['pkey', '-pubin', '-inform', 'DER', '-in', 'public', '-noout', '-text'], files);
    expect(told.output.toString()).toContain(`(${rsaParameters[spec].bits} bit)`);
  });

  test.each(rsaBackends)('it comes back from its PKCS#8 on $name, and the other sizes do not', (backend) => {
    const pkcs8 = toPkcs8(key);
    const back = fromPkcs8(pkcs8, rsaParameters[spec], backend);
    if (typeof back === 'string') expect.fail(back);
    expect(hex(toPkcs8(back))).toBe(hex(pkcs8));
    expect(hex(spki(back))).toBe(hex(spki(key)));
    for (const other of specs.filter((candidate) => candidate !== spec)) {
      expect(fromPkcs8(pkcs8, rsaParameters[other], backend)).toBe('wrong key spec');
    }
  });
});

test('a key grown from a seed is the key of the seed', () => {
  expect(hex(toPkcs8(grow(seed, rsaParameters.RSA_2048, native)))).toBe(hex(toPkcs8(keyOf('RSA_2048', native))));
});

let made: crypto.KeyPairKeyObjectResult;
beforeAll(() => {
  made = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
});

describe.each(rsaBackends)('keys of others on $name', (backend) => {
  test('a key that node:crypto made: what one signs and encrypts, the other verifies and decrypts', () => {
    const key = fromPkcs8(made.privateKey.export({ type: 'pkcs8', format: 'der' }), rsaParameters.RSA_2048, backend);
    if (typeof key === 'string') expect.fail(key);
    const block = bytes(256, 0);
    const padding = crypto.constants.RSA_NO_PADDING;
    expect(hex(key.apply(block))).toBe(hex(crypto.privateDecrypt({ key: made.privateKey, padding }, block)));
    expect(hex(key.publicKey.apply(block))).toBe(hex(crypto.publicEncrypt({ key: made.publicKey, padding }, block)));
    const publicKey = fromSpki(made.publicKey.export({ type: 'spki', format: 'der' }), backend);
    expect([publicKey?.n, publicKey?.e]).toEqual([key.publicKey.n, key.publicKey.e]);
  });

  const others = {
    EC: () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    Ed25519: () => crypto.generateKeyPairSync('ed25519').privateKey,
    'RSA for PSS only': () => crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).privateKey,
    X25519: () => crypto.generateKeyPairSync('x25519').privateKey,
  };
  test.each(Object.entries(others))('a key of another kind is of another spec: %s', (_name, make) => {
    const pkcs8 = make().export({ type: 'pkcs8', format: 'der' });
    expect(fromPkcs8(pkcs8, rsaParameters.RSA_2048, backend)).toBe('wrong key spec');
  });

  test.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['noise', () => bytes(1_200)],
    ['the key without PKCS#8 around it', () => made.privateKey.export({ type: 'pkcs1', format: 'der' })],
    ['a public key', () => made.publicKey.export({ type: 'spki', format: 'der' })],
    ['PEM', () => Buffer.from(made.privateKey.export({ type: 'pkcs8', format: 'pem' }))],
    ['an encrypted key', () => encrypted(made.privateKey)],
    ['one byte more', () => Buffer.concat([toPkcs8(keyOf('RSA_2048', backend)), Buffer.of(0)])],
    ['one byte less', () => toPkcs8(keyOf('RSA_2048', backend)).subarray(0, -1)],
    ['an RSA algorithm with no key in it', () => writePkcs8(keyAlgorithms.RSA, bytes(100))],
  ])('no key at all: %s', (_name, bytes) => {
    expect(fromPkcs8(bytes(), rsaParameters.RSA_2048, backend)).toBe('malformed');
    expect(fromSpki(bytes().subarray(0, 100), backend)).toBeUndefined();
  });
});

function encrypted(key: crypto.KeyObject): Uint8Array {
  return key.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'x' });
}

describe('numbers that do not belong together', () => {
  const numbers = numbersOf('RSA_2048');
  const read = (changed: Partial<RsaPrivateNumbers>): unknown =>
    fromPkcs8(
      writePkcs8(keyAlgorithms.RSA, writeRsaPrivateKey({ ...numbers, ...changed })),
      rsaParameters.RSA_2048,
      native,
    );

  /** A whole key of these factors and exponent, right but for what is wrong with them. */
  function keyOfFactors(p: bigint, q: bigint, e: bigint = numbers.e): RsaPrivateNumbers {
    const d = inverse(e, (p - 1n) * (q - 1n));
    return { n: p * q, e, d, p, q, dP: d % (p - 1n), dQ: d % (q - 1n), qInv: inverse(q, p) };
  }

  test('the untouched ones do', () => {
    expect(read({})).not.toBeTypeOf('string');
    expect(read(keyOfFactors(numbers.p, numbers.q))).not.toBeTypeOf('string');
    expect(read(keyOfFactors(numbers.q, numbers.p))).not.toBeTypeOf('string');
  });

  test.each(['n', 'e', 'd', 'p', 'q', 'dP', 'dQ', 'qInv'] as const)('another %s', (name) => {
    expect(read({ [name]: numbers[name] ^ 4n })).toBe('malformed');
    expect(read({ [name]: numbers[name] >> 1n })).toBe(name === 'n' ? 'wrong key spec' : 'malformed');
  });

  test('the same numbers counted past their modulus', () => {
    const { p, q, d } = numbers;
    expect(read({ d: d + (p - 1n) * (q - 1n) })).toBe('malformed');
    expect(read({ dP: numbers.dP + p - 1n })).toBe('malformed');
    expect(read({ dQ: numbers.dQ + q - 1n })).toBe('malformed');
    expect(read({ qInv: numbers.qInv + p })).toBe('malformed');
  });

  test.each([3n, 65535n, 65536n, 1n, (1n << 256n) + 1n])('the public exponent %d', (e) => {
    const { p, q } = numbers;
    if (e % 2n === 1n && greatestCommonDivisor(e, (p - 1n) * (q - 1n)) === 1n) {
      expect(read(keyOfFactors(p, q, e))).toBe('malformed');
    } else {
      expect(read({ e })).toBe('malformed');
    }
  });

  test('a long public exponent is allowed', () => {
    expect(read(keyOfFactors(numbers.p, numbers.q, (1n << 255n) + 95n))).not.toBeTypeOf('string');
  });

  test('factors of other lengths', () => {
    const long = (1n << 1279n) + 2055n;
    const short = (3n << 767n) + 197n;
    expect([long, short].map((factor) => crypto.checkPrimeSync(factor))).toEqual([true, true]);
    expect((long * short).toString(2)).toHaveLength(2048);
    expect(read(keyOfFactors(long, short))).toBe('malformed');
  });

  test('a factor twice', () => {
    const { p } = numbers;
    const d = inverse(numbers.e, p * (p - 1n));
    expect(read({ ...numbers, n: p * p, q: p, d, dQ: d % (p - 1n), qInv: 1n })).toBe('malformed');
  });

  test('a factor that is no prime, though every power works out: a Carmichael number', () => {
    // (6m + 1)(12m + 1)(18m + 1), all three prime: then a^(p - 1) = 1 for every a that is prime to p (Chernick 1939).
    const m = (57n << 332n) + 852584n;
    const p = (6n * m + 1n) * (12n * m + 1n) * (18n * m + 1n);
    expect(p.toString(2)).toHaveLength(1024);
    const key = keyOfFactors(p, numbers.q);
    expect(portable.power(portable.power(12345n, key.e, key.n), key.d, key.n)).toBe(12345n);
    expect(read(key)).toBe('malformed');
  });
});

describe.each(rsaBackends)('what a key takes on $name', (backend) => {
  test.each<[string, (n: Uint8Array) => Uint8Array]>([
    ['one byte less', () => bytes(255)],
    ['one byte more', () => bytes(257)],
    ['nothing', () => new Uint8Array()],
    ['the modulus itself', (n) => n],
    ['a number above the modulus', (n) => Uint8Array.from(n).fill(0xff, 1)],
    ['all ones', (n) => Uint8Array.from(n).fill(0xff)],
  ])('not %s', (_name, block) => {
    const key = keyOf('RSA_2048', backend);
    const modulus = Uint8Array.from(Buffer.from(key.publicKey.n.toString(16), 'hex'));
    expect(key.apply(block(modulus))).toBeUndefined();
    expect(key.publicKey.apply(block(modulus))).toBeUndefined();
  });
});

describe.each(rsaBackends)('a private key on $name shows no secret', (backend) => {
  test.each<[string, (key: object) => string]>([
    ['inspection', (key) => inspect(key, { depth: 9, showHidden: true, getters: true })],
    ['JSON', (key) => JSON.stringify(key, (_, value) => (typeof value === 'bigint' ? `${value}` : value))],
    ['a spread', (key) => inspect({ ...key }, { depth: 9 })],
    ['serialization, or its refusal', (key) => attempt(() => serialize(key).toString('latin1'))],
    ['a structured clone, or its refusal', (key) => attempt(() => inspect(structuredClone(key)))],
  ])('to %s', (_name, look) => {
    const key = keyOf('RSA_2048', backend);
    key.apply(bytes(256, 0));
    const seen = look(key);
    expect(seen.length).toBeGreaterThan(10);
    const { d, p, q, dP, dQ, qInv } = numbersOf('RSA_2048');
    for (const secret of [d, p, q, dP, dQ, qInv]) {
      expect(seen).not.toContain(secret.toString().slice(0, 30));
      expect(seen).not.toContain(secret.toString(16).slice(0, 30));
    }
  });
});

function attempt(look: () => string): string {
  try {
    return look();
  } catch (error) {
    return inspect(error, { depth: 9 });
  }
}

test('the key specs of the table are those of KMS', () => {
  expect(specs).toEqual(['RSA_2048', 'RSA_3072', 'RSA_4096'] satisfies RsaKeySpec[]);
});

test.each(rsaBackends)('an erased key works no more, and says nothing but that: $name', (backend) => {
  const key = new RsaPrivateKey(numbersOf('RSA_2048'), backend);
  key.apply(bytes(256, 0));
  key.erase();
  expect(() => key.apply(bytes(256, 0))).toThrow('The key is erased.');
  expect(() => toPkcs8(key)).toThrow('The key is erased.');
  expect(spki(key)).toEqual(spki(keyOf('RSA_2048', backend)));
});
