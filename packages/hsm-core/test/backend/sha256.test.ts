// SHA-256 and SHA-224 of our own: judged by node:crypto.

import * as crypto from 'node:crypto';
import { createHash, createHmac } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test, vi } from 'vitest';
import { nativeHmac } from '../../src/backend/hmac-native.ts';
import { digest, hmac } from '../../src/backend/sha256.ts';
import { hex, octets } from '../octets.ts';

describe.each(['SHA-256', 'SHA-224'] as const)('%s', (name) => {
  const openssl = name.replace('-', '').toLowerCase();
  const expected = (message: Uint8Array): string => createHash(openssl).update(message).digest('hex');

  // The padding takes 9 bytes: 55 is the last length that it leaves in its block, 119 in the next.
  test.each([0, 1, 3, 4, 52, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 128, 1_000])('%d bytes', (length) => {
    expect(hex(digest(name, octets(length)))).toBe(expected(octets(length)));
  });

  property.prop([fc.uint8Array({ maxLength: 5_000, size: 'max' })])('any bytes', (message) => {
    expect(hex(digest(name, message))).toBe(expected(message));
  });

  property.prop([fc.uint8Array({ maxLength: 150, size: 'max' }), fc.uint8Array({ maxLength: 300, size: 'max' })])(
    'HMAC under any key',
    (key, message) => {
      expect(hex(hmac(name, key)(message))).toBe(createHmac(openssl, key).update(message).digest('hex'));
    },
  );
});

test('messages above a length are left to another, which is asked for once', () => {
  const asked: number[] = [];
  const given = octets(32);
  const mac = hmac('SHA-256', given, {
    above: 10,
    mac: (key) => {
      expect(key).toBe(given);
      asked.push(key.length);
      return (message) => Uint8Array.of(message.length);
    },
  });
  expect(hex(mac(octets(10)))).toBe(createHmac('sha256', given).update(octets(10)).digest('hex'));
  expect(asked).toEqual([]);
  expect([...mac(octets(11)), ...mac(octets(12))]).toEqual([11, 12]);
  expect(asked).toEqual([32]);
});

test('an erased MAC has nothing left of its key', () => {
  const [one, other] = [hmac('SHA-256', octets(32)), hmac('SHA-256', octets(31))];
  expect(hex(one(octets(5)))).not.toBe(hex(other(octets(5))));
  one.erase?.();
  other.erase?.();
  expect(hex(one(octets(5)))).toBe(hex(other(octets(5))));
});

test('erasing a MAC erases the other one for long messages, once it is there', () => {
  let erased = 0;
  const long = (): ((message: Uint8Array) => Uint8Array) & { erase: () => void } =>
    Object.assign(() => octets(32), { erase: () => void erased++ });
  const [used, unused] = [0, 1].map(() => hmac('SHA-256', octets(32), { above: 10, mac: long }));
  used?.(octets(11));
  used?.erase?.();
  unused?.erase?.();
  expect(erased).toBe(1);
});

test.each(['SHA-256', 'SHA-224'] as const)(
  '%s from node:crypto: nothing of the key is left for long messages',
  (hash) => {
    const { hmac: native } = nativeHmac(crypto);
    // Two forms of a key that is padded: one for the inner hash and one for the outer.
    const message = octets(300);
    const [one, other] = [native(hash, octets(32)), native(hash, octets(31))];
    expect(hex(one(message))).toBe(createHmac(hash.replace('-', ''), octets(32)).update(message).digest('hex'));
    expect(hex(other(message))).not.toBe(hex(one(message)));
    one.erase?.();
    other.erase?.();
    expect(hex(other(message))).toBe(hex(one(message)));
  },
);

test('the working memory has nothing of a message or of a key afterwards', () => {
  const filled: ArrayBufferView[] = [];
  const watched = vi.spyOn(Int32Array.prototype, 'fill').mockImplementation(function (this: Int32Array, value: number) {
    filled.push(this);
    for (let at = 0; at < this.length; at++) this[at] = value;
    return this;
  });
  try {
    const mac = hmac('SHA-256', octets(32));
    for (const use of [() => digest('SHA-256', octets(5)), () => mac(octets(5)), () => hmac('SHA-224', octets(65))]) {
      filled.length = 0;
      use();
      // The schedule of section 6.2.2 has 64 words.
      const schedule = filled.at(-1) as Int32Array;
      expect([...schedule]).toEqual(Array(64).fill(0));
    }
  } finally {
    watched.mockRestore();
  }
});

test('the digest that stands for a key longer than a block is overwritten', () => {
  const filled: Uint8Array[] = [];
  const watched = vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (this: Uint8Array, value: number) {
    filled.push(this);
    for (let at = 0; at < this.length; at++) this[at] = value;
    return this;
  });
  const key = octets(65);
  try {
    hmac('SHA-256', key);
  } finally {
    watched.mockRestore();
  }
  expect(filled.map((bytes) => [...bytes])).toEqual([Array(32).fill(0)]);
  expect(hex(key)).toBe(hex(octets(65)));
});
