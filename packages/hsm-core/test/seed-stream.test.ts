// The stream of a seed, built once more from its parts.

import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { seedStream } from '../src/seed-stream.ts';
import { hex, seed } from './rsa/backends.ts';

/** One block of SP 800-108 in counter mode: [i]32 ‖ Label ‖ 00 ‖ Context ‖ [L]32. */
function block(counter: number, label: string, draw: number, bits: number): string {
  const number = (value: number): Buffer => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
  const input = [number(counter), Buffer.from(label), Buffer.from([0]), number(draw), number(bits)];
  return createHmac('sha256', seed).update(Buffer.concat(input)).digest('hex');
}

test('each draw is a derivation of its own', () => {
  const draw = seedStream(seed, 'a label');
  expect(hex(draw(32))).toBe(block(1, 'a label', 0, 256));
  expect(hex(draw(128))).toBe([1, 2, 3, 4].map((counter) => block(counter, 'a label', 1, 1024)).join(''));
  expect(hex(draw(5))).toBe(block(1, 'a label', 2, 40).slice(0, 10));
  expect(hex(draw(0))).toBe('');
});

test('other seeds and other labels give other bytes', () => {
  const other = Uint8Array.from(seed).fill(9, 31);
  const draws = [seedStream(seed, 'a'), seedStream(seed, 'b'), seedStream(other, 'a')].map((draw) => hex(draw(16)));
  expect(new Set(draws).size).toBe(3);
});
