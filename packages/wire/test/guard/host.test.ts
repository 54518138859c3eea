// Sixty ways to write a host, at a real socket: what a rebinding page could send is no name of this server.

import { describe, expect, test } from 'vitest';
import { strangeHost } from '../../src/guard/host.ts';
import { KmsDouble } from '../kms-double.ts';
import { closeAfterEach, serve } from '../open-door.ts';
import { exchange, rawRequest, statusesOf } from '../raw-http.ts';

closeAfterEach();

const ours = [
  'localhost',
  'localhost:4599',
  'LocalHost',
  'kms.localhost',
  'a.b-c.localhost:80',
  'kms.us-east-1.localhost',
  '127.0.0.1',
  '127.0.0.1:65535',
  '127.0.0.2',
  '127.255.255.254:1',
  '[::1]',
  '[::1]:4599',
];

const strange = [
  // Names of others, with ours in them.
  'evil.example',
  'evil.example:4599',
  'localhost.evil.example',
  'localhost-evil.example',
  'evillocalhost',
  'localhost.localdomain',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io',
  '7f000001.nip.io',
  'localtest.me',
  '.localhost',
  'a..localhost',
  '-a.localhost',
  'localhost.',
  'kms.localhost.',
  'xn--lcalhost-54a',
  // Other spellings of the same address.
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '127.0.0.01',
  '127.0.0.256',
  '127.0.0.1.',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:0:0:1]',
  '[::1%lo]',
  '::1',
  // Every interface, and other addresses.
  '0.0.0.0',
  '0',
  '[::]',
  '10.0.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '[fe80::1]',
  // What is no host.
  '',
  ' ',
  'localhost:',
  'localhost:port',
  'localhost:123456',
  'localhost:80:80',
  'localhost@evil.example',
  'evil.example@localhost',
  'http://localhost',
  'localhost/',
  'localhost#',
  'localhost,evil.example',
  'localhost evil.example',
  'local\thost',
  '[::1',
  '::1]',
  '*',
  '%6cocalhost',
  'l\u00f6calhost',
];

test('there are more than sixty of them', () => {
  expect(new Set([...ours, ...strange]).size).toBeGreaterThanOrEqual(60);
});

const names = { boundHost: '127.0.0.1', allowedHosts: [] };

test.each(ours)('%j is this server', (host) => {
  expect(strangeHost(host, names)).toBeUndefined();
});

test.each(strange)('%j is not', (host) => {
  expect(strangeHost(host, names)).toMatchObject({ status: 421, code: 'MisdirectedRequestException' });
});

describe('at a socket', () => {
  test('ours are answered, no other reaches the KMS, and none is answered with a word for web pages', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms);
    const ask = (host: string): Promise<string> => exchange(door, rawRequest({ headers: [`Host: ${host}`] }));
    for (const said of await Promise.all(ours.map(ask))) expect(statusesOf(said)).toEqual([200]);
    const reached = kms.visits.length;
    for (const [at, said] of (await Promise.all(strange.map(ask))).entries()) {
      // What no header can carry is refused by the parser.
      expect([strange[at], [400, 421].includes(statusesOf(said)[0] ?? 0)]).toEqual([strange[at], true]);
      expect(said).not.toMatch(/access-control/i);
    }
    expect([kms.visits.length, kms.refusals]).toEqual([reached, 0]);
  });

  test('is looked at before a byte of the body is there', async () => {
    const door = await serve(new KmsDouble());
    const head = rawRequest({
      headers: ['Host: evil.example', 'Content-Length: 1000', 'Expect: 100-continue'],
      body: '',
    });
    expect(statusesOf(await exchange(door, head))).toEqual([421]);
  });
});
