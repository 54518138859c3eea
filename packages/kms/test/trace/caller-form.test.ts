// Callers through a trace: who somebody is, how the call comes and what narrows the session down.

import { expect, test } from 'vitest';
import type { Caller } from '../../src/operation.ts';
import { PolicyCache } from '../../src/state/policies.ts';
import { readCaller, writeCaller } from '../../src/trace/caller-form.ts';
import { admin, caller, everything, ours, policyText } from '../engine.ts';

const cache = new PolicyCache();
const texts = [{ name: 's', text: policyText(everything) }];
const session = caller(`arn:aws:sts::${ours}:assumed-role/App/one`);
const callers: readonly Caller[] = [
  admin,
  { ...admin, sourceIp: '192.0.2.1' },
  { ...admin, endpoint: 'vpce-1' },
  { ...admin, via: { service: 's3.us-east-1.amazonaws.com' } },
  { ...caller('s3.amazonaws.com'), source: { arn: 'arn:aws:s3:::b', account: ours } },
  {
    ...session,
    session: { policies: cache.named(texts, 'session policy'), tags: [['b', '1']], mfa: true, issuedAt: 7 },
  },
];

test.each(callers.map((one) => [one]))('%j', (one) => {
  const written = JSON.stringify(writeCaller(one));
  expect(readCaller(JSON.parse(written), new PolicyCache())).toEqual(one);
});

test('the program that called is left out: it differs from machine to machine, and an access key has no place in a trace', () => {
  const client = { accessKeyId: 'AKIACANARY', userAgent: 'aws-sdk-js/3 os/linux' };
  expect(writeCaller({ ...admin, client })).toEqual(writeCaller(admin));
});

test.each([
  ['nobody', undefined],
  ['a name', 'arn:aws:iam::111122223333:role/App'],
  ['no Region', { principal: admin.principal }],
  ['a principal without an account', { principal: { kind: 'user', arn: 'a', partition: 'aws' }, region: 'us-east-1' }],
  ['a session without policies', { ...session, session: {} }],
  ['a session policy that is none', { ...session, session: { policies: [{ name: 's', text: '{' }] } }],
  ['a session policy without its text', { ...session, session: { policies: [{ name: 's' }] } }],
])('%s is no caller', (_, value) => {
  expect(readCaller(value, cache)).toBeUndefined();
});
