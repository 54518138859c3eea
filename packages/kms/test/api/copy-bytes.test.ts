// Copies of bytes: plain arrays that nothing done to the original, or to another copy, can reach.

import { afterEach, expect, test } from 'vitest';
import { beginCopies, copyBytes, endCopies, keepCopies } from '../../src/api/copy-bytes.ts';

// Around the lengths where copies begin and cease to share a buffer.
const lengths = [0, 1, 64, 65, 184, 2048, 2049, 8192, 8193];

afterEach(keepCopies);

test.each(lengths)('%i bytes are copied, out of a Buffer too', (length) => {
  const original = Buffer.from(Array.from({ length }, (_, at) => at % 251));
  const copy = copyBytes(original);
  expect(copy.constructor).toBe(Uint8Array);
  expect([...copy]).toEqual([...original]);
  original.fill(255);
  expect([...copy]).toEqual(Array.from({ length }, (_, at) => at % 251));
});

test('bytes that another thread may write are copied too', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(100)).fill(1);
  const copy = copyBytes(shared);
  shared.fill(2);
  expect(copy.buffer).toBeInstanceOf(ArrayBuffer);
  expect(copy.every((byte) => byte === 1)).toBe(true);
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

const bytes = (value: number): Uint8Array => new Uint8Array(1000).fill(value);

test('the copies of a request are erased at its end, and those of the one around it are not', () => {
  const outer = beginCopies();
  const first = copyBytes(bytes(1));
  const inner = beginCopies();
  const second = copyBytes(bytes(2));
  endCopies(inner);
  expect([...second]).toEqual([...bytes(0)]);
  const third = copyBytes(bytes(3));
  expect([...first]).toEqual([...bytes(1)]);
  expect([...third]).toEqual([...bytes(3)]);
  endCopies(outer);
  expect([...first, ...third]).toEqual([...bytes(0), ...bytes(0)]);
});

test('copies that are kept outlive their request, the requests around it and those that follow', () => {
  const outer = beginCopies();
  const first = copyBytes(bytes(1));
  const inner = beginCopies();
  const second = copyBytes(bytes(2));
  keepCopies();
  endCopies(inner);
  const third = copyBytes(bytes(3));
  expect([...third]).toEqual([...bytes(3)]);
  endCopies(outer);
  for (let n = 0; n < 100; n++) {
    const next = beginCopies();
    copyBytes(bytes(4));
    endCopies(next);
  }
  expect([...first]).toEqual([...bytes(1)]);
  expect([...second]).toEqual([...bytes(2)]);
});
