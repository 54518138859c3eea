// Whose key it is.

import { expect, test } from 'vitest';
import { isFromAnotherAccount } from '../src/request.ts';
import { DEFAULT_KEY_POLICY, KEY, OTHER, OWNER, principal, user } from './sample.ts';

const of = (arn: string) => ({ principal: principal(arn), action: 'kms:Decrypt', resource: KEY, identityPolicies: [] });

test('a caller is from another account when the key belongs to another', () => {
  expect(isFromAnotherAccount({ ...of(user('Alice')), keyAccount: OWNER })).toBe(false);
  expect(isFromAnotherAccount({ ...of(user('Alice')), keyAccount: OTHER })).toBe(true);
});

test('a key policy whose owner is not told belongs to nobody here', () => {
  expect(isFromAnotherAccount({ ...of(user('Alice')), keyPolicy: DEFAULT_KEY_POLICY })).toBe(true);
});

test('without a key there is no other account', () => {
  expect(isFromAnotherAccount(of(user('Alice')))).toBe(false);
});

test('a service is from no account', () => {
  expect(isFromAnotherAccount({ ...of('ec2.amazonaws.com'), keyPolicy: DEFAULT_KEY_POLICY, keyAccount: OWNER })).toBe(
    false,
  );
});
