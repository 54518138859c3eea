import type { Caller, Client } from '@kmsim/kms';
import { expect, test } from 'vitest';
import { KnownCallers } from '../src/known-callers.ts';
import { alice } from './kms-double.ts';

const client: Client = { userAgent: 'aws-cli/2.0', host: 'localhost', address: '127.0.0.1', accessKeyId: 'AKIA' };
/** Equal, and made anew, as a door makes it for every request. */
const again = <Value extends object>(value: Value): Value => ({ ...value });

test('a caller that calls again is the same object, and says all that is known of it', () => {
  const callers = new KnownCallers();
  const first = callers.with(again(alice), again(client));
  expect(first).toEqual({ ...alice, client });
  expect(callers.with(again(alice), again(client))).toBe(first);
});

test.each<[what: string, caller: Partial<Caller>, client: Partial<Client>]>([
  ['another principal', { principal: { ...alice.principal, arn: `${alice.principal.arn}-2` } }, {}],
  ['the same principal, described anew', { principal: { ...alice.principal } }, {}],
  ['another Region', { region: 'eu-west-2' }, {}],
  ['a session', { session: { policies: [], tags: {} } as never }, {}],
  ['another way', { via: { service: 's3.eu-west-1.amazonaws.com' } }, {}],
  ['an endpoint', { endpoint: 'vpce-1' }, {}],
  ['a source', { source: { arn: 'arn:aws:s3:::bucket', account: undefined } }, {}],
  ['an address', { sourceIp: '192.0.2.1' }, {}],
  ['another program', {}, { userAgent: 'aws-cli/3.0' }],
  ['another host', {}, { host: '127.0.0.1' }],
  ['a program elsewhere', {}, { address: '::1' }],
  ['another access key', {}, { accessKeyId: 'AKIB' }],
])('%s is somebody else, before and behind the one that was known', (_, caller, program) => {
  const callers = new KnownCallers();
  const first = callers.with(alice, client);
  const other = callers.with({ ...alice, ...caller }, { ...client, ...program });
  expect(other).toEqual({ ...alice, ...caller, client: { ...client, ...program } });
  expect(other).not.toBe(first);
  expect(callers.with(alice, client)).toEqual(first);
});
