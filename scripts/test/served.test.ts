// The server of the built site: no request ends it, none leads out of the folder, and none comes from another host.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portIn, served } from '../docs/served.mjs';

let folder = '';
let site: Awaited<ReturnType<typeof served>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-served-'));
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'site', 'index.html'), 'the first page');
  writeFileSync(join(folder, 'site', 'quotas.html'), 'quotas');
  writeFileSync(join(folder, 'secret.html'), 'of somebody else');
  site = await served(join(folder, 'site'));
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The status and the body, of a target that is sent as it stands. */
function asked(target: string, host = new URL(site.url).host): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
    socket.on('data', (part) => parts.push(part));
    socket.on('error', reject).on('close', () => {
      const [head = '', body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n');
      resolve(`${head.split(' ')[1]} ${body}`.trim());
    });
    socket.write(`GET ${target} HTTP/1.0\r\nHost: ${host}\r\n\r\n`);
  });
}

test.each([
  ['/', '200 the first page'],
  ['/quotas', '200 quotas'],
  ['/quotas?x=%', '200 quotas'],
  ['/none', '404'],
  ['/%', '404'],
  ['/%ff', '404'],
  ['/%00', '404'],
  ['//', '404'],
  ['//[', '404'],
  ['http://[/', '404'],
  ['/..%2fsecret', '404'],
  ['/%2e%2e/secret', '404'],
])('%s', async (target, answer) => {
  expect(await asked(target)).toBe(answer);
  expect(await asked('/')).toBe('200 the first page');
});

test.each(['evil.example', 'evil.example:80', 'localhost.evil.example', '', 'localhost@evil.example'])(
  'a page of %j reads nothing',
  async (host) => {
    expect(await asked('/', host)).toBe('421');
  },
);

test.each(['localhost', 'LOCALHOST:1', '127.0.0.1:4599', '[::1]:80'])('%s is this machine', async (host) => {
  expect(await asked('/', host)).toBe('200 the first page');
});

test.each([
  ['0', 0],
  ['4173', 4173],
  ['65535', 65_535],
  ['65536', undefined],
  ['abc', undefined],
  ['', undefined],
  ['-1', undefined],
  ['1e3', undefined],
])('--port %j', (text, port) => {
  expect(portIn(text)).toBe(port);
});
