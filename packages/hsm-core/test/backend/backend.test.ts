// One suite over all backends: what the port promises.

import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ways } from './backends.ts';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const bytes = (length: number, from = 0): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7 + from) & 255);

const key = bytes(32, 1);
const iv = bytes(12, 2);
const aad = bytes(20, 3);

describe.each(ways)('$title', ({ backend }) => {
  function sealed(plaintext: Uint8Array): Uint8Array {
    const out = new Uint8Array(plaintext.length + 16);
    backend.gcmSeal(key, iv, aad, plaintext, out, 0);
    return out;
  }

  test.each([0, 1, 15, 16, 17, 32, 43, 256, 4123])('what is sealed opens: %d bytes', (length) => {
    const plaintext = bytes(length, 9);
    expect(hex(backend.gcmOpen(key, iv, aad, sealed(plaintext)))).toBe(hex(plaintext));
  });

  test.each([0, 1, 11, 43, 4000])('gives the plaintext from byte %d on, in a buffer of its own', (from) => {
    for (const length of [from, from + 1, from + 300]) {
      const opened = backend.gcmOpen(key, iv, aad, sealed(bytes(length)), from);
      expect(hex(opened)).toBe(hex(bytes(length).subarray(from)));
      expect(Object.getPrototypeOf(opened)).toBe(Uint8Array.prototype);
      expect(opened?.buffer.byteLength).toBe(length - from);
    }
    if (from > 0) expect(backend.gcmOpen(key, iv, aad, sealed(bytes(from - 1)), from)).toBeUndefined();
  });

  test('seals into its place and leaves the rest of the bytes alone', () => {
    const out = new Uint8Array(64).fill(0xee);
    backend.gcmSeal(key, iv, aad, bytes(20), out, 10);
    expect(hex(out)).toBe(`${'ee'.repeat(10)}${hex(sealed(bytes(20)))}${'ee'.repeat(18)}`);
  });

  test('changes none of its arguments', () => {
    const before = [key, iv, aad].map(hex);
    const plaintext = bytes(33);
    const box = sealed(plaintext);
    const boxed = hex(box);
    backend.gcmOpen(key, iv, aad, box);
    backend.hmacSha256(key)(aad);
    expect([key, iv, aad].map(hex)).toEqual(before);
    expect(hex(plaintext)).toBe(hex(bytes(33)));
    expect(hex(box)).toBe(boxed);
  });

  test('opens nothing that differs in key, IV, additional data, ciphertext or tag', () => {
    const box = sealed(bytes(20));
    const spoilt = (original: Uint8Array, at: number): Uint8Array =>
      original.map((byte, i) => (i === at ? byte ^ 1 : byte));
    expect(backend.gcmOpen(spoilt(key, 31), iv, aad, box)).toBeUndefined();
    expect(backend.gcmOpen(key, spoilt(iv, 11), aad, box)).toBeUndefined();
    expect(backend.gcmOpen(key, iv, spoilt(aad, 0), box)).toBeUndefined();
    expect(backend.gcmOpen(key, iv, aad.subarray(1), box)).toBeUndefined();
    expect(backend.gcmOpen(key, iv, aad, spoilt(box, 0))).toBeUndefined();
    expect(backend.gcmOpen(key, iv, aad, spoilt(box, 35))).toBeUndefined();
  });

  // The second is long enough for node:crypto, and has a last block that is not whole.
  test.each([20, 203])('refuses every flip of a bit: %d bytes', (length) => {
    const box = sealed(bytes(length));
    for (let bit = 0; bit < 8 * box.length; bit++) {
      box[bit >> 3]! ^= 1 << (bit & 7);
      expect(backend.gcmOpen(key, iv, aad, box, length > 100 ? 11 : 0)).toBeUndefined();
      box[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(hex(backend.gcmOpen(key, iv, aad, box))).toBe(hex(bytes(length)));
  });

  test.each([0, 1, 12, 15])('opens nothing that is shorter than a tag: %d bytes', (length) => {
    expect(backend.gcmOpen(key, iv, aad, sealed(bytes(20)).subarray(0, length))).toBeUndefined();
  });

  test.each([0, 16, 24, 31, 33])('is AES-256 only: a key of %d bytes is a mistake', (length) => {
    expect(() => backend.gcmSeal(bytes(length), iv, aad, bytes(4), new Uint8Array(20), 0)).toThrow(RangeError);
    expect(() => backend.gcmOpen(bytes(length), iv, aad, new Uint8Array(20))).toThrow(RangeError);
  });

  test('a keyed MAC serves many messages, one after the other and mixed with those of other keys', () => {
    const [one, other] = [backend.hmacSha256(key), backend.hmacSha256(aad)];
    const first = hex(one(bytes(5)));
    expect(hex(other(bytes(5)))).not.toBe(first);
    expect(hex(one(bytes(6)))).not.toBe(first);
    expect(hex(one(bytes(5)))).toBe(first);
    expect(first).toHaveLength(64);
  });

  // A block is 64 bytes; the native backend takes another way beyond it, and for messages of more than 1,024.
  test.each([0, 32, 63, 64, 65])('HMAC-SHA-256 under a key of %d bytes, of messages long and short', (length) => {
    const mac = backend.hmacSha256(bytes(length, 4));
    for (const size of [0, 1, 55, 56, 64, 1023, 1024, 1025, 5000]) {
      expect(hex(mac(bytes(size)))).toBe(createHmac('sha256', bytes(length, 4)).update(bytes(size)).digest('hex'));
    }
  });

  test('erasing an answer does not spoil the next', () => {
    const mac = backend.hmacSha256(key);
    const first = hex(mac(aad));
    mac(aad).fill(0);
    expect(hex(mac(aad))).toBe(first);
  });
});
