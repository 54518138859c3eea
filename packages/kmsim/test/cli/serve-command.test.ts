// `kmsim serve` as people run it: a child process, real sockets, real signals.

import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KMS } from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../build.ts';
import { cliFile, kmsim, kmsimServe, type Served, start, withoutIpv6 } from '../child.ts';
import { failureOf } from '../doors/doors.ts';

beforeAll(() => built(), buildTimeout);

function sdk({ env }: Served, credentials?: { accessKeyId: string; secretAccessKey: string }): KMS {
  const { AWS_ACCESS_KEY_ID = '', AWS_ENDPOINT_URL_KMS = '', AWS_REGION = '', AWS_SECRET_ACCESS_KEY = '' } = env;
  const own = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return new KMS({
    endpoint: AWS_ENDPOINT_URL_KMS,
    region: AWS_REGION,
    credentials: credentials ?? own,
    maxAttempts: 1,
  });
}

async function status(url: string, method = 'GET'): Promise<number> {
  return (await fetch(url, { method, signal: AbortSignal.timeout(5_000) })).status;
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const done = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', done(true)).once('error', done(false)).once('timeout', done(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

describe('what it prints', () => {
  test('is what the README shows', async () => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
    const shown = /```\n\$ npx kmsim serve\n([\s\S]*?)```/.exec(readme)?.[1];
    await using child = start(process.execPath, [cliFile, 'serve', '--port', '0']);
    const [text] = await child.printed(/^kmsim serves[\s\S]*unset AWS_SESSION_TOKEN AWS_PROFILE\n/);
    expect(withoutIpv6(text).replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:4599')).toBe(shown);
  });

  test('for people: where, what is on, and lines to paste that work', async () => {
    await using child = start(process.execPath, [cliFile, 'serve', '--port', '0', '--region', 'eu-west-1']);
    const [text] = await child.printed(/^kmsim serves[\s\S]*unset AWS_SESSION_TOKEN AWS_PROFILE\n\n/);
    const [first, description, ...rest] = text.split('\n');
    expect(first).toMatch(/^kmsim serves a simulated AWS KMS at http:\/\/127\.0\.0\.1:\d+$/);
    expect(withoutIpv6(description ?? '')).toBe(
      'bind=127.0.0.1 signatures=strict authz=on store=memory rng=csprng admin=off clock=running',
    );
    const env = Object.fromEntries(
      rest.filter((line) => line.startsWith('export ')).map((line) => line.slice(7).split('=') as [string, string]),
    );
    expect(Object.keys(env)).toEqual([
      'AWS_ENDPOINT_URL_KMS',
      'AWS_ENDPOINT_URL_STS',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_REGION',
      'AWS_DEFAULT_REGION',
    ]);
    const { KeyMetadata } = await sdk({ url: '', env, description: '' }).createKey({});
    expect(KeyMetadata?.Arn).toMatch(/^arn:aws:kms:eu-west-1:000000000000:/);
    expect(child.stdout()).toBe(text);
  });

  test('for people: where the proxies of external key stores are', async () => {
    const [one, two] = [
      'https://one.example.com=http://127.0.0.1:4600',
      'https://two.example.com=https://10.0.0.1:8443',
    ];
    const args = ['serve', '--port', '0', '--xks-endpoint', one, '--xks-endpoint', two];
    await using child = start(process.execPath, [cliFile, ...args]);
    const [text] = await child.printed(/^kmsim serves[\s\S]*unset AWS_SESSION_TOKEN AWS_PROFILE\n/);
    expect(text.split('\n').slice(2, 5)).toEqual([
      'xks: https://one.example.com -> http://127.0.0.1:4600',
      'xks: https://two.example.com -> https://10.0.0.1:8443',
      '',
    ]);
  });

  test('for programs: one line of JSON', async () => {
    await using child = await kmsimServe(['--account', '111122223333']);
    expect(Object.keys(child.served)).toEqual(['url', 'env', 'description']);
    expect(await status(`${child.served.url}/health`)).toBe(200);
    expect((await sdk(child.served).createKey({})).KeyMetadata?.AWSAccountId).toBe('111122223333');
    expect(child.stdout().split('\n')).toHaveLength(2);
  });

  test('a seed and permissive credentials are warned of', async () => {
    await using child = start(process.execPath, [
      cliFile,
      'serve',
      '--port',
      '0',
      '--seed',
      's',
      '--credentials',
      'permissive',
      '--consistency',
      'eventual',
    ]);
    await child.printed(/RNG: SEEDED - NOT SECRET\./);
    await child.printed(/Signatures are not checked/);
    expect(child.stdout()).toContain(
      'signatures=permissive authz=on store=memory rng=seeded admin=off clock=still consistency=eventual',
    );
    expect(child.stdout()).toMatch(/The clock stands still: .* --clock running lets it move\./);
  });
});

describe('each word of its self-description is true', () => {
  test('bind=127.0.0.1', async () => {
    await using child = await kmsimServe();
    const port = Number(new URL(child.served.url).port);
    const [, bound = ''] = /^bind=(\S+) /.exec(child.served.description) ?? [];
    expect(['127.0.0.1', '127.0.0.1,::1']).toContain(bound);
    expect([await canConnect('127.0.0.1', port), await canConnect('127.0.0.2', port)]).toEqual([true, false]);
    expect(await canConnect('::1', port)).toBe(bound.includes('::1'));
  });

  test('signatures=strict, signatures=permissive', async () => {
    await using strict = await kmsimServe();
    await using permissive = await kmsimServe(['--credentials', 'permissive']);
    const nobody = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'guess' };
    expect((await failureOf(sdk(strict.served, nobody).listKeys({}))).name).toBe('UnrecognizedClientException');
    expect((await sdk(permissive.served, nobody).listKeys({})).Keys).toEqual([]);
    const selected = { accessKeyId: '111122223333', secretAccessKey: 'guess' };
    expect((await sdk(permissive.served, selected).createKey({})).KeyMetadata?.AWSAccountId).toBe('111122223333');
    expect([
      strict.served.description.includes('signatures=strict'),
      permissive.served.description.includes('signatures=permissive'),
    ]).toEqual([true, true]);
  });

  test('authz=on', async () => {
    await using child = await kmsimServe();
    const kms = sdk(child.served);
    const { KeyMetadata } = await kms.createKey({});
    const KeyId = KeyMetadata?.KeyId ?? '';
    const Principal = { AWS: 'arn:aws:iam::000000000000:root' };
    const Statement = [
      { Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' },
      { Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt', Resource: '*' },
    ];
    await kms.putKeyPolicy({
      KeyId,
      PolicyName: 'default',
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    expect((await failureOf(kms.encrypt({ KeyId, Plaintext: new Uint8Array(1) }))).message).toMatch(/explicit deny/);
  });

  test('store=memory: nothing is written, nothing outlives the process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kmsim-serve-'));
    try {
      await using child = await kmsimServe([], { cwd: folder, env: { HOME: folder } });
      const { KeyMetadata } = await sdk(child.served).createKey({});
      await using next = await kmsimServe([], { cwd: folder, env: { HOME: folder } });
      expect((await failureOf(sdk(next.served).describeKey({ KeyId: KeyMetadata?.KeyId ?? '' }))).name).toBe(
        'NotFoundException',
      );
      for (const { ended, process } of [child, next]) {
        process.kill('SIGTERM');
        await ended;
      }
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('rng=csprng, rng=seeded', async () => {
    const keyOf = async (args: readonly string[]): Promise<string | undefined> => {
      await using child = await kmsimServe(args);
      expect(child.served.description).toContain(args.length > 0 ? 'rng=seeded' : 'rng=csprng');
      return (await sdk(child.served).createKey({})).KeyMetadata?.KeyId;
    };
    expect(await keyOf(['--seed', 'a'])).toBe(await keyOf(['--seed', 'a']));
    expect(await keyOf(['--seed', 'a'])).not.toBe(await keyOf(['--seed', '']));
    expect(await keyOf([])).not.toBe(await keyOf([]));
  });

  test('clock=still, clock=running', async () => {
    const datesOf = async (args: readonly string[], word: string): Promise<readonly number[]> => {
      await using child = await kmsimServe(args);
      expect(child.served.description).toContain(word);
      const kms = sdk(child.served);
      const first = (await kms.createKey({})).KeyMetadata?.CreationDate?.getTime() ?? 0;
      await sleep(20);
      return [first, (await kms.createKey({})).KeyMetadata?.CreationDate?.getTime() ?? 0];
    };
    const start = ['--seed', 'a', '--start', '2030-01-01'];
    const begin = Date.UTC(2030, 0, 1);
    expect(await datesOf(start, 'rng=seeded admin=off clock=still')).toEqual([begin, begin]);
    for (const [args, least] of [
      [[...start, '--clock', 'running'], begin],
      [['--seed', 'a', '--clock', 'running'], Date.now()],
      [[], Date.now()],
    ] as const) {
      const [first = 0, second = 0] = await datesOf(args, 'clock=running');
      expect(first).toBeGreaterThanOrEqual(least);
      expect(second).toBeGreaterThan(first);
    }
  });

  test('nothing over HTTP looks inside or resets', async () => {
    await using child = await kmsimServe(['--credentials', 'permissive']);
    for (const path of ['/admin', '/reset', '/snapshot', '/clock', '/_kmsim/reset', '/health/', '/..', '/%2e']) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
        expect(await status(`${child.served.url}${path}`, method)).toBeGreaterThanOrEqual(404);
    }
    expect(await status(`${child.served.url}/health`, 'POST')).toBe(405);
    expect(await status(`${child.served.url}/`)).toBe(405);
  });
});

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0, also with a connection open', async (signal) => {
    await using child = await kmsimServe();
    const socket = connect(Number(new URL(child.served.url).port), '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    child.process.kill(signal);
    const { code, signal: by, stderr } = await child.ended;
    expect({ code, by, stderr }).toEqual({ code: 0, by: null, stderr: '' });
    socket.destroy();
  });
});

test('it goes on when nobody reads what it prints', async () => {
  const port = await freePort();
  await using child = start(process.execPath, [cliFile, 'serve', '--port', `${port}`]);
  child.process.stdout?.destroy();
  let answered = 0;
  while (answered !== 200 && child.process.exitCode === null) {
    answered = await status(`http://127.0.0.1:${port}/health`).catch(() => 0);
    await sleep(20);
  }
  child.process.kill('SIGTERM');
  expect([answered, (await child.ended).code]).toEqual([200, 0]);
});

test.each([
  ['enforce', 'ThrottlingException'],
  ['meter', undefined],
])('--quotas %s', async (mode, refusal) => {
  // The clock of a seeded simulation stands still, so all of them are of one second.
  await using child = await kmsimServe(['--seed', 'quotas', '--quotas', mode]);
  const kms = sdk(child.served);
  for (let n = 0; n < 5; n++) await kms.createKey({});
  const sixth = await kms.createKey({}).catch((error: unknown) => error);
  expect(sixth instanceof Error ? sixth.name : undefined).toBe(refusal);
});

describe('what it refuses, in one line', () => {
  test('a port in use', async () => {
    await using child = await kmsimServe();
    const { port } = new URL(child.served.url);
    const { code, stderr, stdout } = await kmsim(['serve', '--port', port]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(`^kmsim: .*127\\.0\\.0\\.1:${port}.* --port 0 takes a free one\\. \\[CannotListen\\]\\n$`),
    );
  });

  test.each([
    [
      ['--host', '0.0.0.0'],
      /^kmsim: The host '0\.0\.0\.0' is reachable from beyond this machine\. Add --i-understand-this-is-exposed .*\[NotLoopback\]\n$/,
    ],
    [['--host', '::'], /^kmsim: The host '::' .*\[NotLoopback\]\n$/],
    [['--host', '0.0.0.0', '--seed', 'x', '--i-understand-this-is-exposed'], /^kmsim: .*\[SeededAndExposed\]\n$/],
    [['--allow-host', 'http://x'], /^kmsim: The host 'http:\/\/x' is not the name of a host\. .*\[InvalidOption\]\n$/],
  ])('kmsim serve %j', async (args, message) => {
    const { code, stderr, stdout } = await kmsim(['serve', '--port', '0', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
