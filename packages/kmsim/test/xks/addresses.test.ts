import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isForbiddenAddress, isLoopbackAddress } from '../../src/xks/addresses.ts';

describe('no request goes to', () => {
  test.each([
    '169.254.169.254',
    '169.254.0.0',
    '0.0.0.0',
    '0.1.2.3',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'FEBF:ffff::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::a9fe:1',
    '2002:a9fe:a9fe::1',
    'fd00:ec2::254',
    'localhost',
    '',
    '1.2.3',
    '1.2.3.256',
    '1::2::3',
    '1:2:3',
    ':::',
    '::1.2.3.400',
  ])('%j', (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });
});

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '192.0.2.1',
  '169.253.1.1',
  '::1',
  'fec0::1',
  '2001:db8::1',
  'fd00:ec3::1',
  '1:2:3:4:5:6:7:8',
])('%s is as good as any', (address) => {
  expect(isForbiddenAddress(address)).toBe(false);
});

test.each<[string, boolean]>([
  ['127.0.0.1', true],
  ['127.255.255.255', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::ffff:127.0.0.1', true],
  ['128.0.0.1', false],
  ['::2', false],
  ['1::1', false],
  ['::ffff:10.0.0.1', false],
  ['localhost', false],
])('%s is of this machine: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});

property.prop([fc.ipV4()])('an IPv4 address is judged alike when it stands in an IPv6 address', (address) => {
  expect(isForbiddenAddress(`::ffff:${address}`)).toBe(isForbiddenAddress(address));
  expect(isLoopbackAddress(`::ffff:${address}`)).toBe(isLoopbackAddress(address));
});

property.prop([fc.ipV6()])('an IPv6 address is one: only some are forbidden', (address) => {
  const { hostname } = new URL(`http://[${address}]/`);
  expect(isForbiddenAddress(address)).toBe(isForbiddenAddress(hostname.slice(1, -1)));
});
