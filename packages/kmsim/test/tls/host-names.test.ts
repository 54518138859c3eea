// Hosts, and addresses as octets.

import { BlockList } from 'node:net';
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { addressOctets, hostsOf } from '../../src/tls/host-names.ts';

test('this machine, where it listens, and what was allowed, each once', () => {
  expect(hostsOf(undefined, [])).toEqual(['127.0.0.1', 'localhost', '::1']);
  expect(hostsOf('KMS.test', ['localhost', 'kms.internal:4599', '[FD00::1]', 'not a host'])).toEqual([
    'kms.test',
    '127.0.0.1',
    'localhost',
    '::1',
    'kms.internal',
    'fd00::1',
  ]);
});

test.each([
  ['fe80::1%eth0', 'fe80::1'],
  ['::1%lo', '::1'],
  ['FE80::1%Eth0', 'fe80::1'],
])('%s: certificates have addresses without their zone', (host, address) => {
  expect(hostsOf(host, [])).toContain(address);
  expect(hostsOf(host, []).join()).not.toContain('%');
});

test.each(['0.0.0.0', '::'])('nobody is reached under %s', (host) => {
  expect(hostsOf(host, [])).not.toContain(host);
});

test.each([
  ['127.0.0.1', '7f000001'],
  ['::', '0'.repeat(32)],
  ['::1', `${'0'.repeat(31)}1`],
  ['fd00::1:2', `fd00${'0'.repeat(20)}00010002`],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['::ffff:127.0.0.1', '00000000000000000000ffff7f000001'],
])('%s', (address, hex) => {
  expect(Buffer.from(addressOctets(address)).toString('hex')).toBe(hex);
});

property.prop([fc.ipV6()])('octets, written in full, are the same address to Node', (address) => {
  const octets = Buffer.from(addressOctets(address)).toString('hex');
  expect(octets).toHaveLength(32);
  const list = new BlockList();
  list.addAddress(address, 'ipv6');
  expect(list.check(octets.match(/.{4}/g)?.join(':') ?? '', 'ipv6')).toBe(true);
});
