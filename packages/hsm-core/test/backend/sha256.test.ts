// SHA-256 and SHA-224 of our own: judged by node:crypto.

import { createHash, createHmac } from 'node:crypto';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
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
