// Who may ask.

import { describe, expect, test } from 'vitest';
import { type AskOptions, instant, signed } from './asking.ts';
import { healthBody } from './bodies.ts';
import { ask, errorOf, proxy, proxyOf } from './proxy-of.ts';

describe('who asks', () => {
  test.each([
    ['five minutes ago', -300_000, '200 undefined'],
    ['longer ago', -301_000, '401 AuthenticationFailedException'],
    ['five minutes ahead', 300_000, '200 undefined'],
    ['further ahead', 301_000, '401 AuthenticationFailedException'],
  ])('signed %s: %3$s', async (_, offset, expected) => {
    expect(await errorOf('/health', healthBody, { at: instant + offset })).toBe(expected);
  });

  test.each<[string, AskOptions]>([
    ['nobody', { credential: undefined }],
    ['somebody who signs for another service', { service: 'kms' }],
    ['somebody with a token', { headers: { 'X-Amz-Security-Token': 't' } }],
    ['somebody who says two dates', { headers: { 'X-Amz-Date': '20260501T120000Z' } }],
  ])('%s: AuthenticationFailedException', async (_, options) => {
    expect(await errorOf('/health', healthBody, options)).toBe('401 AuthenticationFailedException');
  });

  test('a signature is good for its path, its body and its host alone', () => {
    const path = `${proxy.uriPath}/health`;
    const body = JSON.stringify(healthBody);
    const headers = signed({ method: 'POST', path, host: 'xks.example.com', body, at: instant }, proxy.credential);
    const request = { method: 'POST', path, headers, body, now: instant };
    const statusOf = (change: object): number => proxy.handle({ ...request, ...change }).status;
    expect(statusOf({})).toBe(200);
    expect(statusOf({ path: `${proxy.uriPath}/keys/k/metadata` })).toBe(401);
    expect(statusOf({ body: `${body} ` })).toBe(401);
    expect(statusOf({ headers: { ...headers, host: 'other.example.com' } })).toBe(401);
    expect(statusOf({ body: Buffer.from(body) })).toBe(200);
  });

  test('one credential can take the place of another', async () => {
    const rotating = proxyOf();
    const next = { accessKeyId: 'B'.repeat(20), secretAccessKey: 'c'.repeat(43) };
    const status = async (credential: typeof next): Promise<number> =>
      (await ask('/health', healthBody, { credential }, rotating)).status;
    expect([await status(rotating.credential), await status(next)]).toEqual([200, 401]);
    rotating.addCredential(next);
    expect([await status(rotating.credential), await status(next)]).toEqual([200, 200]);
    rotating.removeCredential(rotating.credential.accessKeyId);
    expect([await status(rotating.credential), await status(next)]).toEqual([401, 200]);
  });
});
