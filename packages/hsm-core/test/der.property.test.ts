// Whatever the bytes: an answer, never an exception, and one encoding for what is read.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { keyAlgorithms } from '../src/der/key-algorithms.ts';
import {
  type RsaPrivateNumbers,
  readCurvePrivateKey,
  readEcPrivateKey,
  readRsaPrivateKey,
  readRsaPublicKey,
  readSeed,
  writeEcPrivateKey,
  writeRsaPrivateKey,
} from '../src/der/private-key.ts';
import { readEcdsaSignature, readPkcs8, readSpki, writeEcdsaSignature, writePkcs8, writeSpki } from '../src/der.ts';
import { hex } from './rsa/backends.ts';

const content = fc.uint8Array({ maxLength: 300 });
const algorithm = fc.constantFrom(...Object.values(keyAlgorithms));
const number = fc.bigInt({ min: 0n, max: (1n << 1100n) - 1n });
const numbers: fc.Arbitrary<RsaPrivateNumbers> = fc.record({
  n: number,
  e: number,
  d: number,
  p: number,
  q: number,
  dP: number,
  dQ: number,
  qInv: number,
});

const readers: readonly ((der: Uint8Array) => unknown)[] = [
  readSpki,
  readPkcs8,
  readEcdsaSignature,
  readRsaPublicKey,
  readRsaPrivateKey,
  readCurvePrivateKey,
  readSeed,
  (der) => readEcPrivateKey(der, keyAlgorithms['P-256']),
];

test.prop([algorithm, content])('what is written is read', (row, octets) => {
  expect(readSpki(writeSpki(row, octets))).toEqual({ algorithm: row, publicKey: octets });
  expect(readPkcs8(writePkcs8(row, octets))).toEqual({ algorithm: row, privateKey: octets });
});

test.prop([numbers])('RSA numbers and ECDSA signatures are read as they were written', (all) => {
  expect(readRsaPrivateKey(writeRsaPrivateKey(all))).toEqual(all);
  const signature = { r: all.n, s: all.e };
  expect(readEcdsaSignature(writeEcdsaSignature(signature))).toEqual(signature);
});

test.prop([fc.uint8Array({ maxLength: 200 })])('noise gets an answer from every reader', (noise) => {
  for (const read of readers) expect(['string', 'undefined', 'object']).toContain(typeof read(noise));
});

/** Bytes with one octet replaced, put in or left out. */
const mutation = fc.record({
  at: fc.nat(),
  octet: fc.integer({ min: 0, max: 255 }),
  how: fc.constantFrom('replace', 'insert', 'remove'),
});

function mutated(bytes: Uint8Array, { at, octet, how }: { at: number; octet: number; how: string }): Uint8Array {
  const place = at % bytes.length;
  const middle = how === 'remove' ? [] : [octet];
  return Uint8Array.of(...bytes.subarray(0, place), ...middle, ...bytes.subarray(how === 'insert' ? place : place + 1));
}

test.prop([algorithm, content, mutation], { numRuns: 300 })(
  'a changed key is refused or has one encoding',
  (row, octets, change) => {
    const spki = mutated(writeSpki(row, octets), change);
    const read = readSpki(spki);
    if (typeof read === 'object') expect(hex(writeSpki(read.algorithm, read.publicKey))).toBe(hex(spki));
    const pkcs8 = mutated(writePkcs8(row, writeEcPrivateKey(octets, octets)), change);
    const key = readPkcs8(pkcs8);
    if (typeof key !== 'object' || key.publicKey !== undefined || pkcs8[4] !== 0) return;
    for (const reader of readers) reader(key.privateKey);
  },
);

test.prop([number, number, mutation], { numRuns: 300 })(
  'a changed signature is refused or has one encoding',
  (r, s, change) => {
    const der = mutated(writeEcdsaSignature({ r, s }), change);
    const read = readEcdsaSignature(der);
    if (read !== undefined) expect(hex(writeEcdsaSignature(read))).toBe(hex(der));
  },
);
