// Secrets side by side: none touches its neighbours.

import { expect, test } from 'vitest';
import { SecretRoom } from '../src/secret-room.ts';

const secret = (fill: number, length = 32): Uint8Array => new Uint8Array(length).fill(fill);

test('each has bytes of its own, past the end of a slab as well', () => {
  const room = new SecretRoom();
  const copies = Array.from({ length: 300 }, (_, n) => room.copy(secret(n & 0xff)));
  copies[128]?.fill(0xee);
  const kept = copies.map((copy, n) => (n === 128 ? 'erased' : Buffer.from(copy).equals(secret(n & 0xff))));
  expect(kept.filter((one) => one !== true)).toEqual(['erased']);
});

test('it is a copy: erasing what was given leaves it', () => {
  const given = secret(7);
  const copy = new SecretRoom().copy(given);
  given.fill(0);
  expect([...copy]).toEqual([...secret(7)]);
});

test('of another length, it stands alone', () => {
  const room = new SecretRoom();
  for (const length of [0, 28, 48, 1217]) {
    const copy = room.copy(secret(9, length));
    expect([...copy]).toEqual([...secret(9, length)]);
    expect(copy.buffer.byteLength).toBe(length);
  }
});
