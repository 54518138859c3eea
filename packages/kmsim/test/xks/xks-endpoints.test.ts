import { describe, expect, test } from 'vitest';
import { createKmsim } from '../../src/create-kmsim.ts';
import { destinationsOf, type XksEndpoints } from '../../src/xks/xks-endpoints.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { endpoint, newProxy } from './asking.ts';

describe('an endpoint may lead to', () => {
  test.each<[string, object]>([
    ['http://127.0.0.1:4600', { kind: 'http', hostname: '127.0.0.1', port: 4600 }],
    ['http://127.0.0.1:4600/', { kind: 'http', hostname: '127.0.0.1', port: 4600 }],
    ['http://localhost', { kind: 'http', hostname: 'localhost', port: 80 }],
    ['http://[::1]:4600', { kind: 'http', hostname: '::1', port: 4600 }],
    ['https://xks.example.com', { kind: 'https', hostname: 'xks.example.com', port: 443 }],
    ['https://10.0.0.1:8443', { kind: 'https', hostname: '10.0.0.1', port: 8443 }],
  ])('%s', (target, expected) => {
    expect(destinationsOf({ [endpoint]: target }).get(endpoint)).toEqual({ ...expected, ca: undefined });
  });

  test('an address with an authority of its own, or a proxy in the process', () => {
    const address = { url: 'https://127.0.0.1:8443', ca: 'PEM' };
    expect(destinationsOf({ [endpoint]: address }).get(endpoint)).toMatchObject({ kind: 'https', ca: 'PEM' });
    const proxy = newProxy();
    expect(destinationsOf({ [endpoint]: proxy }).get(endpoint)).toEqual({ kind: 'in process', proxy });
  });
});

describe('what is refused', () => {
  const cases: [unknown, string][] = [
    [
      { 'https://xks.example.com:443': 'http://127.0.0.1:1' },
      '"https://xks.example.com:443" is no endpoint of a key store.',
    ],
    [{ 'http://xks.example.com': 'http://127.0.0.1:1' }, '"http://xks.example.com" is no endpoint of a key store.'],
    [{ [`${endpoint}/`]: 'http://127.0.0.1:1' }, '"https://xks.example.com/" is no endpoint of a key store.'],
    [
      { [endpoint]: 'http://127.0.0.1:1', [endpoint.toUpperCase().replace('HTTPS', 'https')]: 'http://127.0.0.1:1' },
      '"https://XKS.EXAMPLE.COM" is there twice.',
    ],
    [{ [endpoint]: 'nowhere' }, '"https://xks.example.com" leads to "nowhere", which is no address.'],
    [{ [endpoint]: 5 }, '"https://xks.example.com" leads to 5, which is no address and no proxy.'],
    [{ [endpoint]: null }, '"https://xks.example.com" leads to null, which is no address and no proxy.'],
    [{ [endpoint]: {} }, '"https://xks.example.com" leads to that object, which is no address and no proxy.'],
    [
      { [endpoint]: { url: 'https://a.example', ca: 5 } },
      '"https://xks.example.com" leads to that object, which is no address and no proxy.',
    ],
    [
      { [endpoint]: 'ftp://127.0.0.1' },
      '"https://xks.example.com" leads to "ftp://127.0.0.1": only http and https are spoken.',
    ],
    [
      { [endpoint]: 'http://10.0.0.1' },
      '"https://xks.example.com" leads to "http://10.0.0.1": beyond this machine only https is spoken.',
    ],
    [
      { [endpoint]: 'http://xks.example.com' },
      '"https://xks.example.com" leads to "http://xks.example.com": beyond this machine only https is spoken.',
    ],
    ...['/path', '/?q', '/#f'].map((rest): [unknown, string] => [
      { [endpoint]: `http://127.0.0.1:1${rest}` },
      `"https://xks.example.com" leads to "http://127.0.0.1:1${rest}": an address is a host and a port, the path comes with the key store.`,
    ]),
    [
      { [endpoint]: 'https://u:p@a.example' },
      '"https://xks.example.com" leads to "https://u:p@a.example": an address is a host and a port, the path comes with the key store.',
    ],
    ...[
      '169.254.169.254',
      '2852039166',
      '0xa9fea9fe',
      '[fe80::1]',
      '[::ffff:169.254.1.1]',
      '0.0.0.0',
      '[fd00:ec2::254]',
    ].map((host): [unknown, string] => [
      { [endpoint]: `https://${host}` },
      `"https://xks.example.com" leads to "https://${host}": nothing goes to link-local addresses.`,
    ]),
  ];

  test.each(cases)('%j', (endpoints, problem) => {
    const error = kmsimErrorOf(() => destinationsOf(endpoints as XksEndpoints));
    expect(error).toMatchObject({ code: 'InvalidXksEndpoint', problem });
  });
});

test('the option of createKmsim is an object', () => {
  const error = kmsimErrorOf(() => createKmsim({ xksEndpoints: [] as unknown as XksEndpoints }));
  expect(error).toMatchObject({
    code: 'InvalidOption',
    problem: `createKmsim: xksEndpoints is an object of endpoints ('https://xks.example.com') and where each lives, not that list.`,
  });
});
