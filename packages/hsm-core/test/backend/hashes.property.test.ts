// The hashes of both backends are those of node:crypto, and write where they are told to.

import { createHash } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { HashName } from '../../src/backend/hashes.ts';
import { openSslHashes } from '../../src/backend/hashes-native.ts';
import { sm3Answers } from '../data/sm2-known-answers.ts';
import { families } from '../family-backends.ts';
import { hex, octets } from '../octets.ts';

const name = fc.constantFrom(...(Object.keys(openSslHashes) as HashName[]));

property.prop([
  name,
  fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 2_000, size: 'max' })),
  fc.nat(9),
])('a digest is the one of node:crypto', (hash, message, at) => {
  const expected = createHash(openSslHashes[hash]).update(message).digest('hex');
  for (const { hashes } of families) {
    const { digest, digestInto, length } = hashes[hash];
    expect(hex(digest(message))).toBe(expected);
    const out = new Uint8Array(at + length + 2).fill(0xee);
    digestInto(message, out, at);
    expect(hex(out)).toBe(`${'ee'.repeat(at)}${expected}eeee`);
  }
});

describe.each(families)('SM3 on $name', ({ hashes }) => {
  test.each(sm3Answers)('GB/T 32905 appendix A: $digest', ({ message, digest }) => {
    expect(hex(hashes.SM3.digest(message))).toBe(digest);
  });

  test('every length around the ends of blocks', () => {
    for (let length = 50; length < 140; length++) {
      const expected = createHash('sm3').update(octets(length)).digest('hex');
      expect(hex(hashes.SM3.digest(octets(length)))).toBe(expected);
    }
  });
});
