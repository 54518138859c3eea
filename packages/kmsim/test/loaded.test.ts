// What is loaded when: a test that only encrypts waits for nothing that it does not use.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { buildTimeout, built } from './build.ts';
import { start } from './child.ts';

const program = fileURLToPath(new URL('loaded.mjs', import.meta.url));

let files: readonly string[] = [];
let own: readonly string[] = [];

beforeAll(async () => {
  const face = pathToFileURL(`${await built()}/packages/kmsim/dist/index.js`).href;
  const { code, stderr, stdout } = await start(process.execPath, [program, face], { timeout: 60_000 }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  own = lines.at(-1)?.split(',') ?? [];
  files = lines.slice(0, -1).map((url) => url.replace(/^.*\/(?:node_modules|packages)\//, ''));
}, buildTimeout);

test('the engine is among what a first Encrypt loads', () => {
  expect(files).toContain('kms/dist/dispatch.js');
  expect(own).toContain('NativeModule crypto');
});

test.each([
  [
    'other families of keys',
    /^hsm-core\/dist\/(registry|key-pairs|post-quantum|backend\/primitives-(native|portable)|backend\/rsa-native)/,
  ],
  ['curves; X.509 takes DER and no curve', /^@noble\/curves\/(?!utils\.js$|abstract\/der\.js$)/],
  ['post-quantum algorithms', /^@noble\/post-quantum\//],
  ['attestation documents, CBOR and CMS', /^(attestation|@peculiar\/|cborg)/],
  ['proxies of external key stores', /^xks-proxy\//],
  ['the HTTP door and signatures', /^wire\/dist\/(http|sigv4|expected-signature)/],
  ['the command line and the simulator', /^(kmsim\/dist\/(cli|simulation)\/|commander)/],
  ['an SDK', /^@(aws-sdk|smithy|opentelemetry)\//],
])('%s are not', (_, pattern) => {
  expect(files.filter((file) => pattern.test(file))).toEqual([]);
});

test("of Node's own modules it loads cryptography alone: no sockets, files, compression or threads", () => {
  const others =
    /^NativeModule (?:internal\/)?(https?|_http|net|tls|dns|dgram|zlib|fs|child_process|cluster|worker|undici)/;
  expect(own.filter((name) => others.test(name))).toEqual([]);
});
