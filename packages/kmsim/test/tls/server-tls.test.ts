// serve() with TLS: what it says, and that clients which trust it get through, and others do not.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { KMS } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKmsim, type KmsimServer, type ServeOptions, serve } from '../../src/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-serve-tls-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The status of an answer, to a client that trusts `ca` alone. */
function health(
  { port }: KmsimServer,
  ca: string | undefined,
  host = '127.0.0.1',
  named = host,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host, port, path: '/health', agent: false, headers: { host: named } } as const;
    get({ ...options, ...(ca !== undefined && { ca }), ...(named !== host && { servername: named }) }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });
}

describe('a certificate that is made for it', () => {
  test('is the authority of nobody else, and nothing is written', async () => {
    using sim = createKmsim();
    await using one = await serve(sim, { tls: true });
    await using other = await serve(sim, { tls: true });
    expect(one.url).toBe(`https://127.0.0.1:${one.port}`);
    expect(one.env).toMatchObject({ AWS_ENDPOINT_URL_KMS: one.url, AWS_ENDPOINT_URL_STS: one.url });
    expect(one.env).not.toHaveProperty('AWS_CA_BUNDLE');
    expect(one.description).toMatch(/ tls=generated$/);
    expect(await health(one, one.ca)).toBe(200);
    expect(await health(one, one.ca, '127.0.0.1', 'localhost')).toBe(200);
    await expect(health(one, other.ca)).rejects.toThrow();
    await expect(health(one, undefined)).rejects.toThrow();
  });

  test('a client of the SDK that is handed the authority', async () => {
    using sim = createKmsim();
    await using server = await serve(sim, { tls: true });
    const client = new KMS({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: { httpsAgent: { ca: server.ca } },
    });
    expect((await client.listKeys({})).Keys).toEqual([]);
    client.destroy();
  });

  test('TLS 1.2 and 1.3, and none before', async () => {
    using sim = createKmsim();
    await using server = await serve(sim, { tls: true });
    const spoken = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> =>
      new Promise((resolve) => {
        const socket = connect({
          host: '127.0.0.1',
          port: server.port,
          ca: server.ca,
          minVersion: version,
          maxVersion: version,
          ciphers: 'DEFAULT@SECLEVEL=0',
        });
        const done = (answer: string | null): void => {
          socket.destroy();
          resolve(answer);
        };
        socket.once('secureConnect', () => done(socket.getProtocol())).once('error', () => done(null));
      });
    expect(await Promise.all([spoken('TLSv1.1'), spoken('TLSv1.2'), spoken('TLSv1.3')])).toEqual([
      null,
      'TLSv1.2',
      'TLSv1.3',
    ]);
  });
});

test.each(['fe80::1%eth0', '::1%lo'])(
  '%s: what becomes of an address with a zone is the same with TLS',
  async (host) => {
    using sim = createKmsim();
    const become = (options: ServeOptions): Promise<unknown> =>
      serve(sim, { host, ...options }).then(
        (server) => server.close(),
        (error: unknown) => error,
      );
    const plain = await become({});
    expect(await become({ tls: true })).toEqual(plain);
  },
);

describe('a certificate that is kept', () => {
  test('names its file in the variables, and the next server has the same', async () => {
    using sim = createKmsim();
    const options: ServeOptions = { tls: { directory: folder }, allowedHosts: ['kms.test'] };
    const first = await serve(sim, options);
    expect(first.env).toMatchObject({
      AWS_CA_BUNDLE: join(folder, 'kmsim-ca.pem'),
      NODE_EXTRA_CA_CERTS: join(folder, 'kmsim-ca.pem'),
    });
    await first.close();
    await using second = await serve(sim, options);
    expect(second.ca).toBe(first.ca);
    expect(await health(second, first.ca, '127.0.0.1', 'kms.test')).toBe(200);
    expect(await health(second, first.ca)).toBe(200);
    expect(readdirSync(folder)).toHaveLength(2);
  });
});

describe("a certificate of the user's own", () => {
  test('is served, and what clients trust is the business of who brought it', async () => {
    using sim = createKmsim();
    await using made = await serve(sim, { tls: { directory: folder }, allowedHosts: ['kms.test'] });
    const text = readFileSync(join(folder, 'kmsim-server.pem'), 'utf8');
    const at = text.indexOf('-----BEGIN CERTIFICATE-----');
    await using server = await serve(sim, { tls: { key: text.slice(0, at), cert: text.slice(at) } });
    expect(server.description).toMatch(/ tls=own$/);
    expect(server).not.toHaveProperty('ca');
    expect(server.env).not.toHaveProperty('AWS_CA_BUNDLE');
    expect(await health(server, made.ca)).toBe(200);
  });
});

test.each([
  [false, 'true, { directory } or { cert, key }'],
  ['here', 'true, { directory } or { cert, key }'],
  [{}, 'true, { directory } or { cert, key }'],
  [{ directory: '' }, 'true, { directory } or { cert, key }'],
  [{ cert: 'x' }, 'true, { directory } or { cert, key }'],
  [{ cert: 'x', key: 'y', directory: 'z' }, 'true, { directory } or { cert, key }'],
])('tls: %j is no form of it', async (tls, words) => {
  using sim = createKmsim();
  const opening = serve(sim, { tls } as unknown as ServeOptions);
  await expect(opening).rejects.toMatchObject({
    code: 'InvalidOption',
    hint: expect.stringContaining('docs/https.md'),
  });
  await expect(opening).rejects.toThrow(words);
});
