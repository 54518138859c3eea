// Forty ways to lead a request somewhere else: none is sent, whatever a key store calls its endpoint.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { xksTransport } from '../../src/xks/xks-transport.ts';
import { endpoint, newProxy, patience, requestTo } from './asking.ts';

let stranger: Server;
let port: number;
let asked = 0;

beforeAll(async () => {
  stranger = createServer((request, response) => {
    asked += 1;
    request.resume();
    // To wherever a redirect would lead.
    response.writeHead(307, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  port = (stranger.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => stranger.close(resolve)));

const hosts = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'kms.localhost',
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '017700000001',
  '0177.0.0.1',
  '127.0.0.1.nip.io',
  'localtest.me',
  '0.0.0.0',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:7f00:1]',
  '169.254.169.254',
  '169.254.170.2',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '[::ffff:169.254.169.254]',
  '[64:ff9b::a9fe:a9fe]',
  '[2002:a9fe:a9fe::]',
  'metadata.google.internal',
  'instance-data',
  'user@127.0.0.1',
  'xks.example.com@127.0.0.1',
  '127.0.0.1#@xks.example.com',
  '127.0.0.1?.xks.example.com',
  '127.0.0.1\\\\.xks.example.com',
  'xks.example.com.evil.example',
  'xn--xks-example-com',
  '%31%32%37.0.0.1',
  '\u2460\u2461\u2466.0.0.1',
];

test('there are forty of them', () => {
  expect(new Set(hosts).size).toBeGreaterThanOrEqual(40);
});

test.each(hosts)('%s is not asked', async (host) => {
  const proxy = newProxy();
  const transport = xksTransport({ [endpoint]: `http://127.0.0.1:${port}` }, patience);
  for (const scheme of ['https', 'http'])
    for (const at of [`${scheme}://${host}`, `${scheme}://${host}:${port}`])
      expect(await transport(requestTo(proxy, { endpoint: at }))).toEqual({ failure: 'unreachable' });
  expect(asked).toBe(0);
});

describe('whoever is asked', () => {
  test('sends nobody on: a redirect is an answer like any other', async () => {
    const transport = xksTransport({ [endpoint]: `http://127.0.0.1:${port}` }, patience);
    expect(await transport(requestTo(newProxy()))).toMatchObject({ status: 307 });
    expect(asked).toBe(1);
  });
});
