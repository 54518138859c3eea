// Copies of bytes: plain arrays that nothing done to the original, or to another copy, can reach.

import { expect, test } from 'vitest';
import { copyBytes } from '../../src/api/copy-bytes.ts';

// Around the lengths where copies begin and cease to share a buffer.
const lengths = [0, 1, 64, 65, 184, 2048, 2049, 8192];

test.each(lengths)('%i bytes are copied, out of a Buffer too', (length) => {
  const original = Buffer.from(Array.from({ length }, (_, at) => at % 251));
  const copy = copyBytes(original);
  expect(copy.constructor).toBe(Uint8Array);
  expect([...copy]).toEqual([...original]);
  original.fill(255);
  expect([...copy]).toEqual(Array.from({ length }, (_, at) => at % 251));
});

test('no two copies overlap, however many are made', () => {
  const copies = Array.from({ length: 400 }, (_, at) => copyBytes(new Uint8Array(65 + at).fill(at % 256)));
  for (const [at, copy] of copies.entries()) {
    expect(copy.length).toBe(65 + at);
    expect(copy.every((byte) => byte === at % 256)).toBe(true);
  }
  copies[100]?.fill(7);
  expect(copies[99]?.every((byte) => byte === 99)).toBe(true);
  expect(copies[101]?.every((byte) => byte === 101)).toBe(true);
});
