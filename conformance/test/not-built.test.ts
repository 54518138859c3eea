// What the replayer says it cannot play yet.

import { expect, test } from 'vitest';
import { firstUnbuilt } from '../src/not-built.ts';
import type { Step, Transcript } from '../src/transcript.ts';

const needs = (...steps: readonly Step[]): string | undefined => firstUnbuilt({ steps } as unknown as Transcript);
const call: Step = { id: 'x', op: 'Encrypt', input: { A: { $utf8: 'a' } }, evidence: 'succeeded' };

test('nothing, for forms that are built', () => {
  expect(needs(call, { id: 'm', make: { randomBytes: 32, as: 'bytes' } })).toBeUndefined();
});

test('the first thing in the order of the steps, however deep', () => {
  const wrapped: Step = { ...call, input: { A: [{ B: { $rsaOaepWrap: { hash: 'SHA_256' } } }] } };
  expect(needs(call, wrapped, { id: 'p', make: { keyPair: 'RSA_2048', as: 'a' } })).toBe(
    'wrapping key material with RSA-OAEP outside KMS',
  );
  expect(needs({ id: 'p', make: { keyPair: 'RSA_2048', as: 'a' } }, wrapped)).toBe('making a key pair outside KMS');
});

test('also inside a make', () => {
  expect(needs({ id: 'p', make: { value: { $rsaAesKeyWrap: {} }, as: 'a' } })).toBe(
    'wrapping key material with RSA-AES outside KMS',
  );
});
