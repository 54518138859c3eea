// Requests to proxies in the same process and over HTTP, good ones and bad ones.

import { serveXksProxy, type XksMisbehaviour, XksProxy } from '@kmsim/xks-proxy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { timeLimit } from '../../src/xks/limits.ts';
import type { XksEndpoints } from '../../src/xks/xks-endpoints.ts';
import { xksTransport } from '../../src/xks/xks-transport.ts';
import { endpoint, newProxy, patience, requestMetadata, requestTo } from './asking.ts';

const signatureClock = (): number => Date.now();

describe.each(['in process', 'over HTTP'] as const)('%s', (way) => {
  const proxy = newProxy();
  let server: Awaited<ReturnType<typeof serveXksProxy>>;
  let transport: ReturnType<typeof xksTransport>;
  let hasty: ReturnType<typeof xksTransport>;
  beforeAll(async () => {
    server = await serveXksProxy(proxy, { signatureClock });
    const endpoints = { [endpoint]: way === 'in process' ? proxy : server.url };
    transport = xksTransport(endpoints, patience);
    hasty = xksTransport(endpoints);
  });
  afterAll(() => server.close());

  test('a request is signed, carried out and answered', async () => {
    const answer = await transport(requestTo(proxy));
    if ('failure' in answer) throw new Error(answer.failure);
    expect(answer.status).toBe(200);
    const { authenticationTag, ciphertext, ciphertextMetadata, initializationVector } = JSON.parse(answer.body);
    const sealed = { plaintext: undefined, authenticationTag, ciphertext, ciphertextMetadata, initializationVector };
    const opened = await transport(requestTo(proxy, { path: `${proxy.uriPath}/keys/k/decrypt`, members: sealed }));
    expect(opened).toEqual({ status: 200, body: '{"plaintext":"SGVsbG8gV29ybGQh"}' });
    expect(proxy.requests.at(-1)?.requestMetadata).toEqual(requestMetadata);
  });

  test.each<[string, object, number]>([
    ['another secret', { rawSecretAccessKey: 's'.repeat(43) }, 401],
    ['another id', { accessKeyId: 'A'.repeat(20) }, 401],
  ])('with %s it is refused', async (_, change, status) => {
    const { credential } = requestTo(proxy);
    expect(await transport(requestTo(proxy, { credential: { ...credential, ...change } }))).toMatchObject({ status });
  });

  test('another Region, another day and another credential are signed as well', async () => {
    const next = { accessKeyId: 'B'.repeat(20), secretAccessKey: 'c'.repeat(43) };
    proxy.addCredential(next);
    const credential = { accessKeyId: next.accessKeyId, rawSecretAccessKey: next.secretAccessKey };
    for (const change of [{ region: 'ap-southeast-2' }, { now: Date.UTC(2031, 5, 9) }, { credential }, {}])
      expect(await transport(requestTo(proxy, change))).toMatchObject({ status: 200 });
  });

  test.each<[XksMisbehaviour, object]>([
    [{ kind: 'down' }, { failure: 'unreachable' }],
    [{ kind: 'cut off' }, { failure: 'unreachable' }],
    [{ kind: 'garbage' }, { status: 200, body: '<html>' }],
    [
      { kind: 'garbage', status: 503, body: '' },
      { status: 503, body: '' },
    ],
    [
      { kind: 'garbage', body: `"${'x'.repeat(70_000)}"` },
      { status: 200, body: '' },
    ],
    [
      { kind: 'redirect', location: 'http://169.254.169.254/' },
      { status: 307, body: '' },
    ],
    [
      { kind: 'error', name: 'ThrottlingException' },
      { status: 429, body: '{"errorName":"ThrottlingException"}' },
    ],
  ])('a proxy that is %j', async (how, expected) => {
    proxy.misbehave(how, { times: 1 });
    expect(await transport(requestTo(proxy))).toEqual(expected);
    expect(await transport(requestTo(proxy))).toMatchObject({ status: 200 });
  });

  test('one that is slower than the time limit is not waited for', async () => {
    proxy.misbehave({ kind: 'slow', milliseconds: 60_000 }, { times: 1 });
    expect(await hasty(requestTo(proxy))).toEqual({ failure: 'timed out' });
    expect(await transport(requestTo(proxy))).toMatchObject({ status: 200 });
  });
});

test('the time limit is that of AWS KMS', () => {
  expect(timeLimit).toBe(250);
});

test('a redirect is not followed', async () => {
  const [proxy, elsewhere] = [newProxy(), newProxy()];
  await using one = await serveXksProxy(proxy, { signatureClock });
  await using other = await serveXksProxy(elsewhere, { signatureClock });
  proxy.misbehave({ kind: 'redirect', location: other.url + requestTo(proxy).path });
  expect(await xksTransport({ [endpoint]: one.url }, patience)(requestTo(proxy))).toEqual({ status: 307, body: '' });
  expect(elsewhere.requests).toEqual([]);
});

describe('in process', () => {
  test('a proxy that answers at once is answered for at once', () => {
    const proxy = newProxy();
    expect(xksTransport({ [endpoint]: proxy })(requestTo(proxy))).toMatchObject({ status: 200 });
  });

  test('a proxy sees the request as AWS KMS makes it', () => {
    const seen: unknown[] = [];
    const answering = {
      handle: (request: unknown) => {
        seen.push(request);
        return { status: 200, body: '{}' };
      },
    };
    const request = requestTo(newProxy());
    xksTransport({ [endpoint]: answering })(request);
    const { body, now, path } = request;
    expect(seen).toEqual([
      {
        method: 'POST',
        path,
        body,
        now,
        headers: {
          host: 'xks.example.com',
          'content-type': 'application/json',
          'x-amz-date': '20200101T000000Z',
          authorization: expect.stringMatching(
            /^AWS4-HMAC-SHA256 Credential=[A-Z2-7]{26}\/20200101\/eu-west-1\/kms-xks-proxy\/aws4_request, SignedHeaders=host;x-amz-date, Signature=[\da-f]{64}$/,
          ),
        },
      },
    ]);
  });

  const request = requestTo(newProxy());
  const failing = (): never => {
    throw new Error('a defect of the test');
  };
  test.each<[string, XksEndpoints[string], object]>([
    ['throws', { handle: failing }, { status: 500, body: '' }],
    ['rejects', { handle: async () => failing() }, { status: 500, body: '' }],
    ['answers nothing', { handle: () => undefined as never }, { status: 500, body: '' }],
    ['answers later', { handle: async () => ({ status: 201, body: 'x' }) }, { status: 201, body: 'x' }],
    ['never answers', { handle: () => new Promise(() => {}) }, { failure: 'timed out' }],
  ])('one that %s', async (_, target, expected) => {
    expect(await xksTransport({ [endpoint]: target })(request)).toEqual(expected);
  });
});

describe('nobody is asked', () => {
  const proxy = newProxy();

  test('where nothing is configured, or something else', () => {
    expect(xksTransport()(requestTo(proxy))).toEqual({ failure: 'unreachable' });
    const transport = xksTransport({ 'https://other.example.com': proxy });
    expect(transport(requestTo(proxy))).toEqual({ failure: 'unreachable' });
    expect(transport(requestTo(proxy, { endpoint: 'https://constructor' }))).toEqual({ failure: 'unreachable' });
    expect(proxy.requests).toEqual([]);
  });

  test('the case of an endpoint is no difference', () => {
    const transport = xksTransport({ 'https://XKS.example.com': proxy });
    expect(transport(requestTo(proxy, { endpoint: 'https://xks.EXAMPLE.com' }))).toMatchObject({ status: 200 });
    expect(proxy).toBeInstanceOf(XksProxy);
  });
});
