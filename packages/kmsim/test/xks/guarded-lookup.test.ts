import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { guardedLookup } from '../../src/xks/guarded-lookup.ts';

interface Resolved {
  readonly code: string | undefined;
  readonly address: unknown;
}

function resolved(addresses: readonly string[], onlyLoopback: boolean, all: boolean): Promise<Resolved> {
  const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const lookup = guardedLookup(onlyLoopback, (_, __, callback) => callback(null, found));
  return new Promise((resolve) => {
    lookup('xks.example.com', { all }, (error, address) => resolve({ code: error?.code, address }));
  });
}

describe('a name that leads to', () => {
  test.each<[string, string[], boolean, boolean]>([
    ['an address', ['192.0.2.1'], false, true],
    ['a link-local address', ['169.254.169.254'], false, false],
    ['another one', ['fe80::1'], false, false],
    ['one that hides among others', ['192.0.2.1', '::ffff:169.254.169.254'], false, false],
    ['nothing', [], false, false],
    ['this machine, where it has to', ['127.0.0.1', '::1'], true, true],
    ['another machine, where it must be this one', ['127.0.0.1', '192.0.2.1'], true, false],
  ])('%s', async (_, addresses, onlyLoopback, passes) => {
    const [one, all] = await Promise.all([
      resolved(addresses, onlyLoopback, false),
      resolved(addresses, onlyLoopback, true),
    ]);
    expect([one.code, all.code]).toEqual(passes ? [undefined, undefined] : ['ENOTFOUND', 'ENOTFOUND']);
    if (!passes) return;
    expect(one.address).toBe(addresses[0]);
    expect((all.address as LookupAddress[]).map(({ address }) => address)).toEqual(addresses);
  });
});

test('what the resolver says is wrong is passed on', async () => {
  const wrong = Object.assign(new Error('no'), { code: 'EAI_AGAIN' });
  const lookup = guardedLookup(false, (_, __, callback) => callback(wrong, []));
  const error = await new Promise((resolve) => lookup('x', {}, (given) => resolve(given)));
  expect(error).toBe(wrong);
});
