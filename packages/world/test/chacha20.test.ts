// The key stream against the RFC's example and against another implementation.

import { fc, test } from '@fast-check/vitest';
import { chacha20 } from '@noble/ciphers/chacha.js';
import { expect } from 'vitest';
import { ChaCha20 } from '../src/chacha20.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// RFC 8439, section 2.3.2.
test('is that of the RFC', () => {
  const key = Uint8Array.from({ length: 32 }, (_, n) => n);
  const nonce = Buffer.from('000000090000004a00000000', 'hex');
  const block = new Uint8Array(64);
  new ChaCha20(key).fill(nonce, 1, block);
  expect(hex(block)).toBe(
    '10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e',
  );
});

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const fills = fc.array(fc.record({ nonce: bytes(12), counter: fc.nat(2 ** 31 - 100), length: fc.nat(300) }), {
  minLength: 1,
  maxLength: 4,
});

test.prop([bytes(32), fills])('is that of another implementation, fill after fill', (key, all) => {
  const cipher = new ChaCha20(key);
  for (const { counter, length, nonce } of all) {
    // What stood there does not matter.
    const filled = new Uint8Array(length).fill(0xee);
    cipher.fill(nonce, counter, filled);
    expect(hex(filled)).toBe(hex(chacha20(key, nonce, new Uint8Array(length), undefined, counter)));
  }
});
