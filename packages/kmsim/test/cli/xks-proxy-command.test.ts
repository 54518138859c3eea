// `kmsim xks-proxy`: what it prints is what a key store is made with, and what it prints works.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CreateCustomKeyStoreRequest } from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { createKmsim } from '../../src/index.ts';
import type { XksEndpoints } from '../../src/xks/xks-endpoints.ts';
import { xksTransport } from '../../src/xks/xks-transport.ts';
import { buildTimeout, built } from '../build.ts';
import { type Child, type ChildOptions, cliFile, kmsim, start } from '../child.ts';
import { patience, requestMetadata } from '../xks/asking.ts';

beforeAll(() => built(), buildTimeout);

interface Served {
  readonly url: string;
  readonly description: string;
  readonly keys: readonly string[];
  readonly xksEndpoints: Readonly<Record<string, string>>;
  readonly createCustomKeyStore: {
    readonly CustomKeyStoreName: string;
    readonly XksProxyUriEndpoint: string;
    readonly XksProxyUriPath: string;
    readonly XksProxyAuthenticationCredential: { readonly AccessKeyId: string; readonly RawSecretAccessKey: string };
  };
}

async function started(
  args: readonly string[],
  options: ChildOptions = {},
): Promise<Child & { readonly served: Served }> {
  const child = start(process.execPath, [cliFile, 'xks-proxy', '--port', '0', '--json', ...args], {
    timeout: 60_000,
    ...options,
  });
  const [line] = await child.printed(/^.*\n/);
  return { ...child, served: JSON.parse(line) as Served };
}

/** Asks as AWS KMS would that was told what the command has printed. */
async function asked(
  { createCustomKeyStore: store, xksEndpoints }: Served,
  path: string,
  members: object = {},
  ca?: string,
) {
  const endpoints: XksEndpoints = Object.fromEntries(
    Object.entries(xksEndpoints).map(([name, url]) => [name, ca === undefined ? url : { url, ca }]),
  );
  const { AccessKeyId, RawSecretAccessKey } = store.XksProxyAuthenticationCredential;
  const answer = await xksTransport(
    endpoints,
    patience,
  )({
    endpoint: store.XksProxyUriEndpoint,
    path: store.XksProxyUriPath + path,
    body: JSON.stringify({ requestMetadata, ...members }),
    region: 'us-east-1',
    now: 0,
    credential: { accessKeyId: AccessKeyId, rawSecretAccessKey: RawSecretAccessKey },
  });
  if ('failure' in answer) return answer;
  return { status: answer.status, json: JSON.parse(answer.body) as Record<string, unknown> };
}

const encryption = { plaintext: 'SGVsbG8gV29ybGQh', encryptionAlgorithm: 'AES_GCM' };

describe('for programs: one line of JSON', () => {
  test('with which its keys can be reached', async () => {
    await using child = await started([
      '--key',
      'a',
      '--key',
      'b',
      '--path-prefix',
      '/stores/one',
      '--endpoint',
      'https://mine.example.com',
    ]);
    const { createCustomKeyStore, description, keys, url, xksEndpoints } = child.served;
    expect(description).toBe('bind=127.0.0.1 tls=off store=memory rng=csprng');
    expect(keys).toEqual(['a', 'b']);
    expect(xksEndpoints).toEqual({ 'https://mine.example.com': url });
    expect(createCustomKeyStore).toEqual({
      CustomKeyStoreName: 'external',
      CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyUriEndpoint: 'https://mine.example.com',
      XksProxyUriPath: '/stores/one/kms/xks/v1',
      XksProxyAuthenticationCredential: {
        AccessKeyId: expect.stringMatching(/^[A-Z2-7]{20,30}$/),
        RawSecretAccessKey: expect.stringMatching(/^[A-Za-z0-9/+=]{43,64}$/),
      },
    });
    expect(await asked(child.served, '/health')).toMatchObject({ status: 200 });
    for (const key of ['a', 'b'])
      expect(await asked(child.served, `/keys/${key}/encrypt`, encryption)).toMatchObject({ status: 200 });
    expect(await asked(child.served, '/keys/key-1/metadata')).toMatchObject({ status: 404 });
  });

  test('the same seed has the same keys, another one and none others', async () => {
    const encrypted = async (args: readonly string[]): Promise<string> => {
      await using child = await started(args);
      const { AccessKeyId } = child.served.createCustomKeyStore.XksProxyAuthenticationCredential;
      return AccessKeyId + JSON.stringify(await asked(child.served, '/keys/key-1/encrypt', encryption));
    };
    const [one, again, other, none] = await Promise.all(
      [['--seed', 'a'], ['--seed', 'a'], ['--seed', 'b'], []].map(encrypted),
    );
    expect(one).toBe(again);
    expect(new Set([one, other, none]).size).toBe(3);
  });

  test('a credential of your own', async () => {
    const [id, secret] = ['MYCREDENTIAL234567ABCD', 'x'.repeat(43)];
    await using child = await started(['--access-key-id', id, '--secret-access-key', secret]);
    expect(child.served.createCustomKeyStore.XksProxyAuthenticationCredential).toEqual({
      AccessKeyId: id,
      RawSecretAccessKey: secret,
    });
    expect(await asked(child.served, '/health')).toMatchObject({ status: 200 });
  });

  test.skipIf(spawnSync('openssl', ['version']).status !== 0)('over TLS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kmsim-xks-'));
    try {
      const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
      const named = ['-subj', '/CN=xks.example.com', '-addext', 'subjectAltName=DNS:xks.example.com'];
      spawnSync('openssl', ['req', '-x509', ...made, ...named, '-keyout', key, '-out', cert]);
      await using child = await started(['--tls-cert', cert, '--tls-key', key]);
      expect(child.served.url).toMatch(/^https:/);
      expect(await asked(child.served, '/health', {}, readFileSync(cert, 'utf8'))).toMatchObject({ status: 200 });
      expect(await asked(child.served, '/health')).toEqual({ failure: 'tls' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('for people: where it is, how the simulation finds it, and a command to paste', async () => {
  await using child = start(process.execPath, [cliFile, 'xks-proxy', '--port', '0', '--seed', 's']);
  const [text] = await child.printed(/^kmsim serves[\s\S]*\naws kms .*'\n/);
  const url = /at (http:\/\/127\.0\.0\.1:\d+)\n/.exec(text)?.[1];
  expect(text).toContain(`kmsim serve --xks-endpoint https://xks.example.com=${url}`);
  expect(text).toContain(`createKmsim({ xksEndpoints: {"https://xks.example.com":"${url}"} })`);
  expect(text).toMatch(/\nRNG: SEEDED .*\n\n/);
  // As flags the addresses would be fetched by an AWS CLI of version 1. Nothing comes behind what is to be pasted.
  const pasted = /\naws kms create-custom-key-store --cli-input-json '(.*)'\n$/.exec(text)?.[1] ?? '';
  const sim = createKmsim({ xksEndpoints: { 'https://xks.example.com': url ?? '' } });
  const request = JSON.parse(pasted) as CreateCustomKeyStoreRequest & Served['createCustomKeyStore'];
  expect(await sim.as().createCustomKeyStore(request)).toHaveProperty('CustomKeyStoreId');
  const { AccessKeyId, RawSecretAccessKey } = request.XksProxyAuthenticationCredential;
  expect(text).toContain(`\nexport ACCESS_KEY_ID=${AccessKeyId}\nexport SECRET_ACCESS_KEY=${RawSecretAccessKey}\n`);
  child.process.kill('SIGTERM');
  expect(await child.ended).toMatchObject({ code: 0, stderr: '' });
});

test('--help names every option and shows what to type', async () => {
  const { code, stdout } = await kmsim(['xks-proxy', '--help']);
  expect(code).toBe(0);
  for (const flag of [
    'port',
    'seed',
    'key',
    'access-key-id',
    'secret-access-key',
    'path-prefix',
    'endpoint',
    'tls-cert',
    'tls-key',
    'host',
    'i-understand-this-is-exposed',
    'json',
  ])
    expect(stdout).toContain(`  --${flag}`);
  expect(stdout).toContain('$ kmsim serve --xks-endpoint https://xks.example.com=http://127.0.0.1:4600');
});

describe.concurrent('mistakes end with 1 and one line', () => {
  test.each<[string[], RegExp]>([
    [
      ['--host', '0.0.0.0'],
      /reachable from beyond this machine\. Add --i-understand-this-is-exposed .*\[NotLoopback\]/,
    ],
    [['--host', '0.0.0.0', '--seed', 's', '--i-understand-this-is-exposed'], /\[SeededAndExposed\]/],
    [['--access-key-id', 'A'.repeat(20)], /go together/],
    [['--access-key-id', 'short', '--secret-access-key', 'x'], /An access key id has 20 to 30/],
    [['--tls-cert', 'cert.pem'], /go together/],
    [['--tls-cert', '/nowhere', '--tls-key', '/nowhere'], /\/nowhere cannot be read/],
    [['--key', 'a/b'], /An external key id has/],
    [['--key', 'a', '--key', 'a'], /There is a key a already/],
    [['--path-prefix', 'stores'], /A path prefix is like/],
    [['--endpoint', 'https://xks.example.com:8443'], /without a port/],
    [['--port', '70000'], /A port is a number/],
  ])('%j', async (args, said) => {
    const { code, stderr, stdout } = await kmsim(['xks-proxy', '--port', '0', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('where production runs', async () => {
    const { code, stderr } = await kmsim(['xks-proxy', '--port', '0'], { env: { NODE_ENV: 'production' } });
    expect(code).toBe(1);
    expect(stderr).toContain('[RefusedInProduction]');
  });

  test.each([['nowhere', /is no endpoint=address\. Write --xks-endpoint/]])(
    'kmsim serve --xks-endpoint %s',
    async (value, said) => {
      const { code, stderr } = await kmsim(['serve', '--port', '0', '--xks-endpoint', value]);
      expect(code).toBe(1);
      expect(stderr).toMatch(said);
    },
  );
});
