// What a proxy says beyond the published test client.

import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { XksProxy, XksProxyError, type XksProxyOptions } from '../src/index.ts';
import { instant } from './asking.ts';
import { decryptBody, encryptBody, healthBody, keyMetadataBody, metadataOf } from './bodies.ts';
import { ask, errorOf, proxy, proxyOf } from './proxy-of.ts';

describe('paths and methods', () => {
  test.each([
    '/health/',
    '/health?x=1',
    '/HEALTH',
    '/keys/k',
    '/keys/k/sign',
    '/keys//encrypt',
    '/keys/../encrypt',
    '/keys/./encrypt',
    '/keys/a%2Fb/encrypt',
    '/keys/k/encrypt/..',
    '',
  ])('%j is none of the API', async (path) => {
    expect(await errorOf(path, healthBody)).toBe('404 InvalidUriPathException');
  });

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('%s is 405', (method) => {
    const answer = proxy.handle({ method, path: `${proxy.uriPath}/health`, headers: {}, body: '', now: instant });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  test('a load balancer may ask for /ping', () => {
    expect(proxy.handle({ method: 'GET', path: '/ping', headers: {}, body: '', now: instant }).status).toBe(200);
  });
});

describe('what stands behind the proxy', () => {
  test('key managers in every state are told of, and only when none is left nothing works', async () => {
    const own = proxyOf();
    const states = async (): Promise<string[]> => {
      const { json } = await ask('/health', healthBody, {}, own);
      return (json['ekmFleetDetails'] as { healthStatus: string }[]).map(({ healthStatus }) => healthStatus);
    };
    own.setHealth('UNAVAILABLE', 'ekm-1');
    own.setHealth('DEGRADED', 'ekm-2');
    expect(await states()).toEqual(['UNAVAILABLE', 'DEGRADED']);
    expect(await errorOf('/keys/k/encrypt', encryptBody(), {}, own)).toBe('200 undefined');
    own.setHealth('UNAVAILABLE');
    expect(await states()).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(await errorOf('/keys/k/encrypt', encryptBody(), {}, own)).toBe('503 DependencyTimeoutException');
  });

  test('secondary authorization sees the metadata, and is not asked about health', async () => {
    const asked: unknown[] = [];
    const own = proxyOf({
      authorize: (request) => {
        asked.push(request);
        return request.operation !== 'Decrypt';
      },
    });
    const { json } = await ask('/keys/k/encrypt', encryptBody(), {}, own);
    await ask('/health', healthBody, {}, own);
    expect(await errorOf('/keys/k/decrypt', decryptBody(json), {}, own)).toBe('403 AccessDeniedException');
    expect(asked).toEqual([
      { operation: 'Encrypt', keyId: 'k', requestMetadata: metadataOf('Encrypt') },
      { operation: 'Decrypt', keyId: 'k', requestMetadata: metadataOf('Decrypt') },
    ]);
  });

  test('a defect is InternalException, and its cause is told to the owner alone', async () => {
    const told: unknown[] = [];
    const cause = new Error('a secret');
    const own = proxyOf({
      authorize: () => {
        throw cause;
      },
      onInternalError: (error) => told.push(error),
    });
    const answer = await ask('/keys/k/encrypt', encryptBody(), {}, own);
    expect(answer).toMatchObject({ status: 500, json: { errorName: 'InternalException' } });
    expect(JSON.stringify(answer)).not.toContain('a secret');
    expect(told).toEqual([cause]);
  });
});

describe('what is remembered', () => {
  const own = proxyOf();
  afterEach(() => own.behave());

  test('who asked for what, and nothing of what was encrypted', async () => {
    const plaintext = 'very secret';
    const { json } = await ask('/keys/k/encrypt', encryptBody({ plaintext, aad: 'additional' }), {}, own);
    await ask('/keys/k/decrypt', decryptBody(json, 'additional'), {}, own);
    await ask('/keys/x/metadata', keyMetadataBody(), {}, own);
    expect(
      own.requests.map(({ errorName, keyId, operation, status }) => [operation, keyId, status, errorName]),
    ).toEqual([
      ['Encrypt', 'k', 200, undefined],
      ['Decrypt', 'k', 200, undefined],
      ['GetKeyMetadata', 'x', 404, 'KeyNotFoundException'],
    ]);
    expect(own.requests[0]?.requestMetadata).toEqual(metadataOf('Encrypt'));
    expect(JSON.stringify(own.requests)).not.toContain(Buffer.from(plaintext).toString('base64'));
  });

  test('a thousand requests at most', async () => {
    for (let n = 0; n < 2_100; n++) await ask('/health', healthBody, { credential: undefined }, own);
    expect(own.requests.length).toBe(1_000);
  });
});

describe('options that make no proxy', () => {
  test.each<[string, Partial<XksProxyOptions>]>([
    ['a short seed of bytes', { seed: new Uint8Array(31) }],
    ['a prefix that ends in a slash', { pathPrefix: '/a/' }],
    ['a prefix with other characters', { pathPrefix: '/a.b' }],
    ['a long prefix', { pathPrefix: `/${'a'.repeat(117)}` }],
    [
      'a credential of other characters',
      { credential: { accessKeyId: 'a'.repeat(20), secretAccessKey: 's'.repeat(43) } },
    ],
    ['a short secret', { credential: { accessKeyId: 'A'.repeat(20), secretAccessKey: 's'.repeat(42) } }],
    ['no key manager', { managers: [] }],
    ['the id of no key', { keys: ['a/b'] }],
    ['an id that is taken out of a path', { keys: ['..'] }],
    ['material of another length', { keys: [{ id: 'k', material: new Uint8Array(16) }] }],
    ['more usages than ten', { keys: [{ id: 'k', keyUsage: 'ABCDEFGHIJK'.split('') }] }],
  ])('%s', (_, options) => {
    expect(() => proxyOf(options)).toThrow(XksProxyError);
    expect(() => proxyOf(options)).toThrow(expect.objectContaining({ code: 'KMSIM_XKS_INVALID_OPTION' }));
  });

  test('a key twice', () => {
    expect(() => proxyOf({ keys: ['k', 'k'] })).toThrow(expect.objectContaining({ code: 'KMSIM_XKS_KEY_EXISTS' }));
  });
});

test('whoever prints a proxy sees no secret', () => {
  const proxy = new XksProxy({ seed: 'printed', keys: ['one'] });
  const { secretAccessKey } = proxy.credential;
  for (const text of [inspect(proxy, { depth: 9, showHidden: true }), JSON.stringify(proxy)])
    expect(text).not.toContain(secretAccessKey);
});

test('a status that a key cannot have is refused', () => {
  const proxy = new XksProxy({ seed: 'status', keys: ['one'] });
  expect(() => proxy.setKeyStatus('one', 'disabled' as never)).toThrow('ENABLED or DISABLED');
  expect(proxy.keys[0]?.keyStatus).toBe('ENABLED');
});
