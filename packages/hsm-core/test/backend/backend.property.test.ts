// All backends answer alike, byte for byte, and open each other's work.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { ways } from './backends.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const iv = fc.uint8Array({ minLength: 12, maxLength: 12 });
const data = fc.oneof(
  fc.uint8Array({ maxLength: 70 }),
  fc.uint8Array({ maxLength: 400, size: 'max' }),
  fc.uint8Array({ maxLength: 5_000, size: 'max' }),
);

const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex');
const answers = <Answer>(ask: (backend: Backend) => Answer): readonly [string, Answer][] =>
  ways.map(({ title, backend }) => [title, ask(backend)]);
const all = <Answer>(answer: Answer): readonly [string, Answer][] => ways.map(({ title }) => [title, answer]);

test.prop([key, iv, data, data, fc.nat(9), fc.nat(20)])('AES-256-GCM', (secret, nonce, aad, plaintext, at, from) => {
  const sealed = (backend: Backend): Uint8Array => {
    const out = new Uint8Array(at + plaintext.length + 16);
    backend.gcmSeal(secret, nonce, aad, plaintext, out, at);
    return out.subarray(at);
  };
  const box = sealed(ways[0]!.backend);
  expect(answers((backend) => hex(sealed(backend)))).toEqual(all(hex(box)));
  const rest = from > plaintext.length ? undefined : hex(plaintext.subarray(from));
  expect(answers((backend) => hex(backend.gcmOpen(secret, nonce, aad, box, from)))).toEqual(all(rest));
  const spoilt = box.with(from % box.length, box[from % box.length]! ^ (1 << (at & 7)));
  expect(answers((backend) => backend.gcmOpen(secret, nonce, aad, spoilt))).toEqual(all(undefined));
});

// Proxies of external key stores may have 16. noble takes 8 or more.
test.prop([key, fc.uint8Array({ minLength: 8, maxLength: 100 }), data, data])(
  'AES-256-GCM with an IV of another length',
  (secret, nonce, aad, plaintext) => {
    const sealed = (backend: Backend): Uint8Array => {
      const out = new Uint8Array(plaintext.length + 16);
      backend.gcmSeal(secret, nonce, aad, plaintext, out, 0);
      return out;
    };
    const box = sealed(ways[0]!.backend);
    expect(answers((backend) => hex(sealed(backend)))).toEqual(all(hex(box)));
    expect(answers((backend) => hex(backend.gcmOpen(secret, nonce, aad, box)))).toEqual(all(hex(plaintext)));
  },
);

test.prop([data])('SHA-256', (message) => {
  expect(answers((backend) => hex(backend.sha256(message)))).toEqual(all(hex(ways[0]!.backend.sha256(message))));
});

test.prop([fc.uint8Array({ maxLength: 200 }), fc.array(data, { maxLength: 3 })])('HMAC-SHA-256', (secret, messages) => {
  const macs = (backend: Backend): readonly (string | undefined)[] => {
    const mac = backend.hmacSha256(secret);
    return messages.map((message) => hex(mac(message)));
  };
  expect(answers(macs)).toEqual(all(macs(ways[0]!.backend)));
});

test.prop([key, iv, data, data])('none opens random bytes', (secret, nonce, aad, noise) => {
  expect(answers((backend) => backend.gcmOpen(secret, nonce, aad, noise))).toEqual(all(undefined));
});
