// Both backends answer alike, byte for byte, and open each other's work.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { native, portable } from './backends.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const iv = fc.uint8Array({ minLength: 12, maxLength: 12 });
const data = fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 2_000, size: 'max' }));

const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex');

test.prop([key, iv, data, data, fc.nat(9)])('AES-256-GCM', (secret, nonce, aad, plaintext, at) => {
  const [one, other] = [portable, native].map((backend) => {
    const out = new Uint8Array(at + plaintext.length + 16);
    backend.gcmSeal(secret, nonce, aad, plaintext, out, at);
    return out.subarray(at);
  });
  if (one === undefined || other === undefined) return;
  expect(hex(one)).toBe(hex(other));
  expect(hex(portable.gcmOpen(secret, nonce, aad, other))).toBe(hex(plaintext));
  expect(hex(native.gcmOpen(secret, nonce, aad, one))).toBe(hex(plaintext));
});

test.prop([fc.uint8Array({ maxLength: 200 }), fc.array(data, { maxLength: 3 })])('HMAC-SHA-256', (secret, messages) => {
  const [one, other] = [portable.hmacSha256(secret), native.hmacSha256(secret)];
  for (const message of messages) expect(hex(one(message))).toBe(hex(other(message)));
});

test.prop([key, iv, data, data])('neither opens random bytes', (secret, nonce, aad, noise) => {
  expect(portable.gcmOpen(secret, nonce, aad, noise)).toBeUndefined();
  expect(native.gcmOpen(secret, nonce, aad, noise)).toBeUndefined();
});
