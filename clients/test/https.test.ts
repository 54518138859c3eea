// `kmsim serve --tls` and the programs that judge a certificate, each with a TLS of its own.

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../../packages/kmsim/test/build.ts';
import {
  type Child,
  cliFile,
  type Ended,
  kmsimServe,
  type Served,
  start,
  withoutIpv6,
} from '../../packages/kmsim/test/child.ts';
import { named, whyNot } from './programs.ts';

// An address of AWS that somebody leads here, in /etc/hosts or in the network of a container.
const host = 'kms.us-east-1.amazonaws.com';

let folder = '';
let server: Child & { readonly served: Served };
let ca = '';
let port = '';

beforeAll(async () => {
  await built();
  folder = await mkdtemp(join(tmpdir(), 'kmsim-https-'));
  server = await kmsimServe(['--tls', folder, '--allow-host', host]);
  ca = server.served.env['AWS_CA_BUNDLE'] ?? '';
  ({ port } = new URL(server.served.url));
}, buildTimeout);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return start(program, args, { env: { NO_PROXY: '*', ...env }, timeout: 20_000 }).ended;
}

test('the printed variables are those of one file, which has a certificate and no key', () => {
  const { NODE_EXTRA_CA_CERTS } = server.served.env;
  expect(NODE_EXTRA_CA_CERTS).toBe(ca);
  const text = readFileSync(ca, 'utf8');
  expect(text.match(/-----BEGIN [A-Z ]+-----/g)).toEqual(['-----BEGIN CERTIFICATE-----']);
});

test('what it prints is what docs/https.md shows', async () => {
  const page = readFileSync(new URL('../../docs/https.md', import.meta.url), 'utf8');
  const shown = /```\n\$ npx kmsim serve --tls\n([\s\S]*?)```/.exec(page)?.[1];
  await using own = start(process.execPath, [cliFile, 'serve', '--tls', '--port', '0'], { env: { HOME: folder } });
  const [text] = await own.printed(/^kmsim serves[\s\S]*no other service of AWS\.\n/);
  const here = withoutIpv6(text).replaceAll(folder, '/home/ann');
  expect(here.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:4599')).toBe(shown);
});

describe('Node', () => {
  const program = fileURLToPath(new URL('https-client.mjs', import.meta.url));
  const env = () => Object.entries(server.served.env);

  test('fetch and the AWS SDK with the printed variables', async () => {
    const { code, stderr, stdout } = await run(process.execPath, [program], Object.fromEntries(env()));
    expect({ code, stderr: stderr.includes('Error') }).toEqual({ code: 0, stderr: false });
    expect(JSON.parse(stdout)).toEqual({ statuses: [200, 200], text: 'hello' });
  });

  test('not without NODE_EXTRA_CA_CERTS', async () => {
    const others = env().filter(([name]) => name !== 'NODE_EXTRA_CA_CERTS');
    const { code, stderr } = await run(process.execPath, [program], Object.fromEntries(others));
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|unable to verify/);
  });
});

const noCurl = whyNot('curl', '--version');
describe.skipIf(noCurl !== undefined)(named('curl', noCurl), () => {
  const curl = (...args: readonly string[]): Promise<Ended> =>
    run('curl', [
      '--silent',
      '--show-error',
      '--max-time',
      '10',
      '--output',
      '-',
      '--write-out',
      '\n%{http_code}',
      ...args,
    ]);

  test.each(['127.0.0.1', 'localhost', host])('%s', async (name) => {
    const lead = ['--resolve', `${host}:${port}:127.0.0.1`];
    const { code, stdout } = await curl('--cacert', ca, ...lead, `https://${name}:${port}/health`);
    expect([code, stdout.split('\n').at(-1)]).toEqual([0, '200']);
  });

  test('a name that the certificate is not for is refused, and so is an authority that it does not know', async () => {
    const other = 'kms.eu-west-1.amazonaws.com';
    const lead = ['--resolve', `${other}:${port}:127.0.0.1`];
    // 60: the certificate of the peer cannot be verified. https://curl.se/libcurl/c/libcurl-errors.html
    expect((await curl('--cacert', ca, ...lead, `https://${other}:${port}/health`)).code).toBe(60);
    expect((await curl(`https://127.0.0.1:${port}/health`)).code).toBe(60);
  });

  test('the guard of the server holds over TLS: other hosts, pages of other origins, pages that ask first', async () => {
    const status = async (...args: readonly string[]): Promise<string | undefined> => {
      const { code, stdout } = await curl('--cacert', ca, ...args, `https://127.0.0.1:${port}/`);
      expect(code).toBe(0);
      return stdout.split('\n').at(-1);
    };
    const call = ['-X', 'POST', '-H', 'Content-Type: application/x-amz-json-1.1', '-d', '{}'];
    expect(await status(...call, '-H', 'X-Amz-Target: TrentService.ListKeys')).toBe('400');
    expect(await status(...call, '-H', 'Host: rebound.example')).toBe('421');
    expect(await status(...call, '-H', 'Origin: https://evil.example')).toBe('403');
    expect(await status(...call, '-H', 'Sec-Fetch-Site: cross-site')).toBe('403');
    expect(await status('-X', 'OPTIONS')).toBe('403');
  });

  test('whoever speaks HTTP to the port of HTTPS gets nothing, and the server goes on', async () => {
    expect((await curl(`http://127.0.0.1:${port}/health`)).code).not.toBe(0);
    expect((await curl('--cacert', ca, `https://127.0.0.1:${port}/health`)).code).toBe(0);
  });
});

const noOpenssl = whyNot('openssl', 'version');
describe.skipIf(noOpenssl !== undefined)(named('OpenSSL', noOpenssl), () => {
  const connected = (...args: readonly string[]): Promise<Ended> =>
    run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-CAfile', ca, '-verify_return_error', ...args]);

  test('takes the chain by its strict rules, with the constraints of the authority, for a server alone', async () => {
    const verify = (purpose: string, leaf = join(folder, 'kmsim-server.pem')): Promise<Ended> =>
      run('openssl', ['verify', '-x509_strict', '-no-CApath', '-no-CAstore', '-purpose', purpose, '-CAfile', ca, leaf]);
    expect(await verify('sslserver')).toMatchObject({ code: 0 });
    expect((await verify('sslclient')).code).not.toBe(0);
    expect((await verify('smimesign')).code).not.toBe(0);
    expect(await verify('any', ca)).toMatchObject({ code: 0 });
    const { stdout } = await run('openssl', ['x509', '-in', ca, '-noout', '-ext', 'nameConstraints,basicConstraints']);
    expect(stdout).toContain(`DNS:${host}`);
    expect(stdout).toContain('CA:TRUE, pathlen:0');
  });

  test.each([
    ['-tls1_2', 0],
    ['-tls1_3', 0],
    ['-tls1_1', 1],
  ])('%s', async (version, code) => {
    // At security level 0 the client would speak TLS 1.1.
    expect((await connected(version, '-cipher', 'ALL:@SECLEVEL=0', '-verify_hostname', 'localhost')).code).toBe(code);
  });
});

const noPython = whyNot('python3', '-c', 'import ssl');
test.skipIf(noPython !== undefined)(named("Python's own ssl takes it, strictly", noPython), async () => {
  const program = [
    'import ssl, sys, urllib.request',
    'context = ssl.create_default_context(cafile=sys.argv[1])',
    'context.verify_flags |= ssl.VERIFY_X509_STRICT',
    'handlers = urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)',
    "for host in '127.0.0.1', 'localhost':",
    '    print(urllib.request.build_opener(*handlers).open(f"https://{host}:{sys.argv[2]}/health").status)',
  ];
  expect(await run('python3', ['-c', program.join('\n'), ca, port])).toMatchObject({ code: 0, stdout: '200\n200\n' });
});
