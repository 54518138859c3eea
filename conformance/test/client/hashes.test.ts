// Hashes by their KMS names.

import { expect, test } from 'vitest';
import { digest, hashName } from '../../src/client/hashes.ts';

// FIPS 180-4, "abc".
test.each([
  ['SHA_1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['SHA_224', '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
  ['SHA_256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('%s', (name, hex) => {
  expect(Buffer.from(digest(name, Buffer.from('a'), Buffer.from('bc'))).toString('hex')).toBe(hex);
});

test.each(['MD5', 'constructor', 5])('%j is none', (name) => {
  expect(() => hashName(name)).toThrow('no hash');
});
