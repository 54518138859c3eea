// Keys and signatures as DER: the standards' examples, what node:crypto and OpenSSL write and read, and what is no DER.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type KeyAlgorithm, type KeyAlgorithmName, keyAlgorithms } from '../src/der/key-algorithms.ts';
import {
  readCurvePrivateKey,
  readEcPrivateKey,
  readRsaPrivateKey,
  readRsaPublicKey,
  readSeed,
  writeCurvePrivateKey,
  writeEcPrivateKey,
  writeRsaPrivateKey,
  writeRsaPublicKey,
  writeSeed,
} from '../src/der/private-key.ts';
import { readEcdsaSignature, readPkcs8, readSpki, writeEcdsaSignature, writePkcs8, writeSpki } from '../src/der.ts';
import { openssl, opensslAbsent, opensslReason } from './openssl-command.ts';
import { bytes, fromBase64, fromHex, hex } from './rsa/backends.ts';

const { Ed25519 } = keyAlgorithms;
const rows = Object.values(keyAlgorithms);

function parts<T extends object>(read: T | string | undefined): T {
  if (typeof read !== 'object') throw new Error(`Not read: ${read}`);
  return read;
}

describe('examples of the standards', () => {
  // RFC 8410 section 10.1 and 10.3.
  const publicKey = '19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1';
  const secret = 'd4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842';
  const withAttributes =
    'MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=';

  test('RFC 8410: an Ed25519 public key', () => {
    const der = fromBase64('MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=');
    expect(hex(writeSpki(Ed25519, fromHex(publicKey)))).toBe(hex(der));
    expect(readSpki(der)).toEqual({ algorithm: Ed25519, publicKey: fromHex(publicKey) });
  });

  test('RFC 8410: an Ed25519 private key', () => {
    const der = fromBase64('MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC');
    expect(hex(writePkcs8(Ed25519, writeCurvePrivateKey(fromHex(secret))))).toBe(hex(der));
    expect(hex(readCurvePrivateKey(parts(readPkcs8(der)).privateKey))).toBe(secret);
  });

  test('RFC 8410: one with attributes and its public key', () => {
    const read = parts(readPkcs8(fromBase64(withAttributes)));
    expect(hex(readCurvePrivateKey(read.privateKey))).toBe(secret);
    expect(hex(read.publicKey)).toBe(publicKey);
  });

  test('RFC 9881: the seed of an ML-DSA-44 private key', () => {
    const der = fromBase64('MDQCAQAwCwYJYIZIAWUDBAMRBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f');
    const seed = Uint8Array.from({ length: 32 }, (_, at) => at);
    expect(hex(writePkcs8(keyAlgorithms['ML-DSA-44'], writeSeed(seed)))).toBe(hex(der));
    const read = parts(readPkcs8(der));
    expect([read.algorithm.name, readSeed(read.privateKey)]).toEqual(['ML-DSA-44', seed]);
  });
});

const curves: Partial<Record<KeyAlgorithmName, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  secp256k1: 'secp256k1',
  SM2: 'SM2',
};

describe.each(Object.entries(curves) as [KeyAlgorithmName, string][])('keys of node:crypto: %s', (name, namedCurve) => {
  const algorithm = keyAlgorithms[name];
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve });

  test('what is read is written again, byte for byte', () => {
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const read = parts(readSpki(spki));
    expect(read.algorithm).toBe(algorithm);
    expect(hex(writeSpki(algorithm, read.publicKey))).toBe(hex(spki));
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const key = parts(readEcPrivateKey(parts(readPkcs8(pkcs8)).privateKey, algorithm));
    expect(hex(key.publicKey)).toBe(hex(read.publicKey));
    expect(hex(writePkcs8(algorithm, writeEcPrivateKey(key.secret, read.publicKey)))).toBe(hex(pkcs8));
  });

  test('the form of SEC 1 repeats the curve inside, which is read when it is the same', () => {
    const sec1 = privateKey.export({ type: 'sec1', format: 'der' });
    const pkcs8 = parts(readPkcs8(privateKey.export({ type: 'pkcs8', format: 'der' })));
    const read = parts(readEcPrivateKey(sec1, algorithm));
    expect(hex(read.secret)).toBe(hex(parts(readEcPrivateKey(pkcs8.privateKey, algorithm)).secret));
    const others = rows.filter((row) => row !== algorithm);
    expect(others.map((row) => readEcPrivateKey(sec1, row))).toEqual(others.map(() => undefined));
  });
});

test('keys of node:crypto: Ed25519', () => {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  expect(hex(writeSpki(Ed25519, parts(readSpki(spki)).publicKey))).toBe(hex(spki));
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const secret = readCurvePrivateKey(parts(readPkcs8(pkcs8)).privateKey);
  if (secret === undefined) expect.fail('not read');
  expect(hex(writePkcs8(Ed25519, writeCurvePrivateKey(secret)))).toBe(hex(pkcs8));
});

// Node has them from 24.6 and 24.7 on.
const postQuantum = rows.map(({ name }) => name).filter((name) => name.startsWith('ML-'));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const tooOld = major < 24 || (major === 24 && minor < 8);
const nodeReason = tooOld ? ' (skipped: this Node has no ML-DSA and ML-KEM)' : '';

describe.skipIf(tooOld)(`keys of node:crypto${nodeReason}`, () => {
  test.each(postQuantum)('%s: the public key, and the private key from a seed', (name) => {
    const algorithm = keyAlgorithms[name];
    const seed = bytes(name.startsWith('ML-KEM') ? 64 : 32);
    const pkcs8 = Buffer.from(writePkcs8(algorithm, writeSeed(seed)));
    const privateKey = crypto.createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    expect(privateKey.asymmetricKeyType).toBe(name.toLowerCase());
    const spki = crypto.createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    const read = parts(readSpki(spki));
    expect(read.algorithm).toBe(algorithm);
    expect(hex(writeSpki(algorithm, read.publicKey))).toBe(hex(spki));
  });
});

function ecKey(options: readonly string[]): Uint8Array {
  const key = openssl(['genpkey', '-algorithm', 'EC', ...options]).output;
  return openssl(['pkcs8', '-topk8', '-nocrypt', '-in', 'key', '-outform', 'DER'], { key }).output;
}

describe.skipIf(opensslAbsent)(`keys of OpenSSL${opensslReason}`, () => {
  test.each(Object.entries(curves) as [KeyAlgorithmName, string][])(
    '%s: made by it, read and written here, read by it',
    (name, curve) => {
      const options = ['-pkeyopt', `ec_paramgen_curve:${curve}`, '-pkeyopt', 'ec_param_enc:named_curve'];
      const made = ecKey(options);
      const { algorithm, privateKey } = parts(readPkcs8(made));
      expect(algorithm.name).toBe(name);
      const { secret, publicKey } = parts(readEcPrivateKey(privateKey, algorithm));
      if (publicKey === undefined) expect.fail('no public key');
      const files = { private: writePkcs8(algorithm, writeEcPrivateKey(secret, publicKey)) };
      const shown = openssl(['pkey', '-inform', 'DER', '-in', 'private', '-pubout', '-outform', 'DER'], files);
      expect(hex(shown.output)).toBe(hex(writeSpki(algorithm, publicKey)));
    },
  );

  test('a curve that is spelt out in numbers is no named curve', () => {
    const options = ['-pkeyopt', 'ec_paramgen_curve:prime256v1', '-pkeyopt', 'ec_param_enc:explicit'];
    const made = ecKey(options);
    expect(readPkcs8(made)).toBe('unknown algorithm');
    const spki = openssl(['pkey', '-inform', 'DER', '-in', 'key', '-pubout', '-outform', 'DER'], { key: made });
    expect(readSpki(spki.output)).toBe('unknown algorithm');
  });
});

test('every algorithm is told from its identifier, and no two are alike', () => {
  for (const algorithm of rows) {
    expect(readSpki(writeSpki(algorithm, bytes(40)))).toEqual({ algorithm, publicKey: bytes(40) });
    expect(readPkcs8(writePkcs8(algorithm, bytes(40)))).toEqual({ algorithm, privateKey: bytes(40) });
  }
  expect(new Set(rows.map(({ identifier }) => identifier)).size).toBe(13);
});

const numbers = { n: 0x8001n, e: 65537n, d: 7n, p: 128n, q: 255n, dP: 0n, dQ: 1n, qInv: 256n };

test('RSA numbers come back, with the sign octets that they need', () => {
  expect(readRsaPublicKey(writeRsaPublicKey(numbers))).toEqual({ n: numbers.n, e: numbers.e });
  expect(readRsaPrivateKey(writeRsaPrivateKey(numbers))).toEqual(numbers);
  expect(hex(writeRsaPublicKey(numbers))).toBe('300a0203008001' + '0203010001');
});

describe('not strict DER', () => {
  const name: KeyAlgorithm = Ed25519;
  const spki = hex(writeSpki(name, bytes(32)));
  const identifier = '300506032b6570';
  const key = hex(bytes(32));

  test.each<[string, string]>([
    ['nothing', ''],
    ['trailing bytes', `${spki}00`],
    ['trailing bytes within', `302b${identifier}032100${key}00`],
    ['a length in its long form', `30812a${identifier}032100${key}`],
    ['a length with a leading zero', `3082002a${identifier}032100${key}`],
    ['an indefinite length', `3080${identifier}032100${key}0000`],
    ['a length beyond the end', `302b${identifier}032100${key}`],
    ['a length of four octets, all ones', `3084ffffffff${identifier}032100${key}`],
    ['unused bits', `302a${identifier}032101${key}`],
    ['an empty bit string', `3009${identifier}0300`],
    ['a constructed bit string', `302a${identifier}232100${key}`],
    ['another outer tag', `312a${identifier}032100${key}`],
    ['the parts the other way round', `302a032100${key}${identifier}`],
  ])('a public key: %s', (_name, text) => {
    expect(readSpki(fromHex(spki ?? ''))).toBeTypeOf('object');
    expect(readSpki(fromHex(text))).toBe('malformed');
  });

  test.each<[string, string]>([
    ['another algorithm', `302a300506032b6571032100${key}`],
    ['parameters where there are none', `302c300706032b65700500032100${key}`],
    ['no algorithm', `30253000032100${key}`],
    ['RSA without its NULL', `3011300b06092a864886f70d010101` + '03020000'],
    ['a curve without its name', `300f300906072a8648ce3d0201` + '03020000'],
  ])('a public key of no algorithm in the table: %s', (_name, text) => {
    expect(readSpki(fromHex(text))).toBe('unknown algorithm');
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['version 3', `302e020102${identifier}04220420${key}`],
    ['a negative version', `302e0201ff${identifier}04220420${key}`],
    ['a version in two octets', `302f02020000${identifier}04220420${key}`],
    ['no version', `302b${identifier}04220420${key}`],
    ['a public key in version 1', `3051020100${identifier}04220420${key}812100${key}`],
    ['a public key with unused bits', `3051020101${identifier}04220420${key}812101${key}`],
    ['trailing bytes within', `302f020100${identifier}04220420${key}00`],
    ['no private key', `300a020100${identifier}`],
  ])('a private key: %s', (_name, text) => {
    expect(readPkcs8(fromHex(`302e020100${identifier}04220420${key}`))).toBeTypeOf('object');
    expect(readPkcs8(fromHex(`3051020101${identifier}04220420${key}812100${key}`))).toBeTypeOf('object');
    expect(readPkcs8(fromHex(text))).toBe('malformed');
  });

  test('the inside of a private key', () => {
    const point = `a1440342${'00'}04${key}${key}`;
    const ec = (version: string, tail: string): string => {
      const content = `${version}0420${key}${tail}`;
      return `30${(content.length / 2).toString(16).padStart(2, '0')}${content}`;
    };
    const p256 = keyAlgorithms['P-256'];
    const right = readEcPrivateKey(fromHex(ec('020101', point)), p256);
    expect(right).toEqual({ secret: bytes(32), publicKey: Uint8Array.of(4, ...bytes(32), ...bytes(32)) });
    expect(readEcPrivateKey(fromHex(ec('020101', '')), p256)).toEqual({ secret: bytes(32) });
    for (const wrong of [ec('020100', point), ec('020101', `${point}00`), ec('020101', 'a1020500'), ec('', point)]) {
      expect(readEcPrivateKey(fromHex(wrong), p256)).toBeUndefined();
    }
    expect(readCurvePrivateKey(fromHex(`0421${key}`))).toBeUndefined();
    expect(readCurvePrivateKey(fromHex(`0420${key}00`))).toBeUndefined();
    expect(readSeed(fromHex(`0420${key}`))).toBeUndefined();
    expect(readSeed(fromHex(`8020${key}`))).toEqual(bytes(32));
  });

  test('more than two primes', () => {
    const der = hex(writeRsaPrivateKey(numbers)) ?? '';
    expect(readRsaPrivateKey(fromHex(der.replace(/^(30..)020100/, '$1020101')))).toBeUndefined();
    expect(readRsaPrivateKey(fromHex(`${der}00`))).toBeUndefined();
    expect(readRsaPublicKey(fromHex(der))).toBeUndefined();
  });
});

describe('ECDSA signatures', () => {
  test.each<[string, bigint, bigint, string]>([
    ['zeros', 0n, 0n, '3006020100020100'],
    ['a high bit takes an octet', 127n, 128n, '300702017f02020080'],
    ['the bounds of an octet', 255n, 256n, '3008020200ff02020100'],
  ])('%s', (_name, r, s, text) => {
    expect(hex(writeEcdsaSignature({ r, s }))).toBe(text);
    expect(readEcdsaSignature(fromHex(text))).toEqual({ r, s });
  });

  test('the longest one, of P-521, has a length of two octets', () => {
    const most = (1n << 521n) - 1n;
    const der = writeEcdsaSignature({ r: most, s: most });
    expect(der).toHaveLength(139);
    expect(readEcdsaSignature(der)).toEqual({ r: most, s: most });
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['a negative number', '30060201ff020100'],
    ['a needless zero', '300702020001020100'],
    ['an empty number', '300502000201' + '00'],
    ['one number', '3003020100'],
    ['three numbers', '3009020100020100020100'],
    ['trailing bytes', '300602010002010000'],
    ['a set', '3106020100020100'],
    ['numbers without a sequence', '020100020100'],
    ['a length in its long form', '308106020100020100'],
  ])('none: %s', (_name, text) => {
    expect(readEcdsaSignature(fromHex(text))).toBeUndefined();
  });
});
