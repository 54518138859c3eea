// A proxy that does not do as it should.

import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { errorStatuses } from '../src/errors.ts';
import type { XksErrorName, XksHttpAnswer, XksMisbehaviour } from '../src/index.ts';
import { instant, signed } from './asking.ts';
import { decryptBody, encryptBody, healthBody, keyMetadataBody } from './bodies.ts';
import { bytesOf, proxyOf } from './proxy-of.ts';

const proxy = proxyOf({ keys: ['k', 'other'] });
afterEach(() => proxy.behave());

function answered(path: string, given: object): XksHttpAnswer {
  const body = JSON.stringify(given);
  const toSign = { method: 'POST', path: proxy.uriPath + path, host: 'xks.example.com', body, at: instant };
  return proxy.handle({ ...toSign, headers: signed(toSign, proxy.credential), now: instant });
}

const members = (answer: XksHttpAnswer): Record<string, unknown> => JSON.parse(answer.body) as Record<string, unknown>;
const encrypted = (): XksHttpAnswer => answered('/keys/k/encrypt', encryptBody({ cdiv: true, aad: 'a' }));

test.each(Object.entries(errorStatuses) as [XksErrorName, number][])('%s is answered as %d', (name, status) => {
  proxy.misbehave({ kind: 'error', name, message: 'because' });
  expect(encrypted()).toMatchObject({ status, body: JSON.stringify({ errorName: name, errorMessage: 'because' }) });
});

test.each<[XksMisbehaviour, object]>([
  [
    { kind: 'slow', milliseconds: 400 },
    { status: 200, delay: 400 },
  ],
  [{ kind: 'down' }, { lost: 'reset' }],
  [{ kind: 'cut off' }, { lost: 'half' }],
  [{ kind: 'garbage' }, { status: 200, body: '<html>' }],
  [
    { kind: 'garbage', status: 502, body: '', headers: { a: 'b' } },
    { status: 502, body: '', headers: { a: 'b' } },
  ],
  [
    { kind: 'redirect', location: 'http://x/' },
    { status: 307, body: '', headers: { location: 'http://x/' } },
  ],
])('%j', (how, expected) => {
  proxy.misbehave(how);
  expect(encrypted()).toMatchObject(expected);
});

test('a member of another length comes with the integrity value that fits it', () => {
  proxy.misbehave({ kind: 'wrong length', member: 'initializationVector', length: 13 });
  const answer = members(encrypted());
  expect(bytesOf(answer['initializationVector']).length).toBe(13);
  const hash = createHash('sha256').update('a');
  for (const member of ['ciphertextMetadata', 'initializationVector', 'ciphertext', 'authenticationTag'])
    hash.update(bytesOf(answer[member]));
  expect(answer['ciphertextDataIntegrityValue']).toBe(hash.digest('base64'));
});

test('a bit that is flipped comes with the integrity value of before', () => {
  proxy.misbehave({ kind: 'flipped bit', member: 'ciphertext' }, { times: 1 });
  const answer = members(encrypted());
  const flipped = bytesOf(answer['ciphertext']);
  expect(answered('/keys/k/decrypt', decryptBody(answer, 'a')).status).toBe(400);
  flipped[0] = (flipped[0] ?? 0) ^ 1;
  const mended = { ...answer, ciphertext: flipped.toString('base64') };
  expect(answered('/keys/k/decrypt', decryptBody(mended, 'a')).status).toBe(200);
});

test('a member is left out, or says something else', () => {
  proxy.misbehave({ kind: 'member', member: 'authenticationTag' }, { times: 1 });
  expect(members(encrypted())).not.toHaveProperty('authenticationTag');
  proxy.misbehave({ kind: 'member', member: 'keySpec', value: 'AES_128' }, { times: 1 });
  expect(members(answered('/keys/k/metadata', keyMetadataBody()))['keySpec']).toBe('AES_128');
});

test('another key encrypts: nothing in the answer shows it, and the right key cannot decrypt it', () => {
  proxy.misbehave({ kind: 'other key', keyId: 'other' }, { times: 1 });
  const answer = members(encrypted());
  expect(answered('/keys/k/decrypt', decryptBody(answer, 'a')).status).toBe(400);
  expect(answered('/keys/other/decrypt', decryptBody(answer, 'a')).status).toBe(200);
});

test('a replay is the answer to the request before, of the same operation', () => {
  const before = encrypted();
  answered('/health', healthBody);
  proxy.misbehave({ kind: 'replay' }, { times: 1 });
  expect(encrypted()).toEqual(before);
  expect(encrypted()).not.toEqual(before);
});

describe('the scope of it', () => {
  test('one operation, so many times, in the order they were asked for', () => {
    proxy.misbehave({ kind: 'error', name: 'ThrottlingException' }, { operation: 'Encrypt', times: 2 });
    proxy.misbehave({ kind: 'error', name: 'InternalException' }, { operation: 'Encrypt', times: 1 });
    expect(answered('/health', healthBody).status).toBe(200);
    expect([1, 2, 3, 4].map(() => encrypted().status)).toEqual([429, 429, 500, 200]);
  });

  test('until it behaves', () => {
    proxy.misbehave({ kind: 'error', name: 'InternalException' });
    expect([1, 2, 3].map(() => encrypted().status)).toEqual([500, 500, 500]);
    proxy.behave();
    expect(encrypted().status).toBe(200);
  });
});
