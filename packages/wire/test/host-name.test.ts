import { describe, expect, test } from 'vitest';
import { isLoopback, isWildcard, parseHost, urlHost } from '../src/host-name.ts';

test.each([
  ['localhost', 'localhost', undefined],
  ['LocalHost:4566', 'localhost', '4566'],
  ['127.0.0.1:0', '127.0.0.1', '0'],
  ['[::1]', '::1', undefined],
  ['[::1]:65535', '::1', '65535'],
  ['[FE80::1]:80', 'fe80::1', '80'],
  ['kms.internal', 'kms.internal', undefined],
  ['my_service:80', 'my_service', '80'],
])('%s is a host', (header, name, port) => {
  expect(parseHost(header)).toEqual({ name, port });
});

test.each([
  '',
  ' ',
  'localhost ',
  ' localhost',
  'localhost:',
  'localhost:a',
  'localhost:-1',
  'localhost:123456',
  'localhost:80:80',
  'localhost/',
  'localhost/@evil.example',
  'user@localhost',
  'user:pass@localhost:80',
  'http://localhost',
  'localhost#',
  'localhost?',
  'localhost,evil.example',
  'localhost, evil.example',
  'local host',
  'localhost\t',
  'localhost\u0000',
  'lоcalhost',
  '::1',
  '[::1',
  '::1]',
  '[::1]evil.example',
  '[::1%lo]',
  '[::1%25lo]',
  '[]',
  '*',
  '%6cocalhost',
])('%j is no host', (header) => {
  expect(parseHost(header)).toBeUndefined();
});

describe('loopback', () => {
  test.each([
    'localhost',
    'kms.localhost',
    'a.b-c.d_e.localhost',
    '127.0.0.1',
    '127.0.0.0',
    '127.255.255.255',
    '127.1.2.3',
    '::1',
  ])('%s', (name) => {
    expect(isLoopback(name)).toBe(true);
  });

  test.each([
    '',
    'localhost.',
    '.localhost',
    'a..localhost',
    '-a.localhost',
    'a-.localhost',
    'localhost.evil.example',
    'localhost.localdomain',
    'notlocalhost',
    'localhost6',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io',
    '127.0.0.1.',
    '127.1',
    '127.0.1',
    '127.0.0.256',
    '127.0.0.01',
    '127.0.0.1e1',
    '127.000.000.001',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '2130706433',
    '128.0.0.1',
    '12.7.0.1',
    '0.0.0.0',
    '0',
    '::',
    '::0001',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '10.0.0.1',
    '169.254.169.254',
    'evil.example',
    'host.docker.internal',
  ])('%j is not', (name) => {
    expect(isLoopback(name)).toBe(false);
  });
});

test('every interface', () => {
  expect(['', '0.0.0.0', '::'].every(isWildcard)).toBe(true);
  expect(['localhost', '127.0.0.1', '::1', '10.0.0.1'].some(isWildcard)).toBe(false);
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['::1', '[::1]'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
  ['fe80::1', '[fe80::1]'],
])('%s in a URL is %s', (host, text) => {
  expect(urlHost(host)).toBe(text);
});
