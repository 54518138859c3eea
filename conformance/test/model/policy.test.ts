// Who may do what: the model's own evaluator, by hand.

import { expect, test } from 'vitest';
import { defaultPolicy, personOf, statementsOf, verdictOf } from '../../src/model/policy.ts';

const account = '111122223333';
const role = personOf(`arn:aws:iam::${account}:role/App`, 'nothing');
const root = personOf(`arn:aws:iam::${account}:root`, 'nothing');

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function statement(Effect: string, AWS: unknown, Action: unknown): object {
  return { Effect, Principal: { AWS }, Action, Resource: '*' };
}

const delegating = statement('Allow', root.arn, 'kms:*');

test.each([
  ['nothing said', policy(statement('Allow', 'arn:aws:iam::444455556666:root', 'kms:*')), 'silent'],
  ['the account', policy(delegating), 'delegated'],
  ['the account by its number', policy(statement('Allow', account, 'kms:*')), 'delegated'],
  ['by name', policy(statement('Allow', role.arn, ['kms:DescribeKey', 'kms:Encrypt'])), 'direct'],
  [
    'by name among others',
    policy(statement('Allow', ['arn:aws:iam::444455556666:root', role.arn], 'kms:Encrypt')),
    'direct',
  ],
  ['everybody', policy(statement('Allow', '*', 'kms:Enc*')), 'direct'],
  ['another action', policy(statement('Allow', role.arn, 'kms:EncryptX')), 'silent'],
  ['in other letters', policy(statement('Allow', role.arn, 'KMS:eNCRYPT')), 'direct'],
  ['denied by name', policy(statement('Allow', '*', 'kms:*'), statement('Deny', role.arn, 'kms:Encrypt')), 'denied'],
  [
    'denied with the account',
    policy(statement('Deny', root.arn, 'kms:*'), statement('Allow', role.arn, 'kms:*')),
    'denied',
  ],
  ['another denied', policy(delegating, statement('Deny', `${role.arn}2`, 'kms:*')), 'delegated'],
] as const)('%s', (_, text, verdict) => {
  expect(verdictOf(text, role, 'kms:Encrypt')).toBe(verdict);
});

test('the root user is the account itself', () => {
  expect(verdictOf(policy(delegating), root, 'kms:Encrypt')).toBe('direct');
  expect(root.may).toBe('everything');
});

test('the default policy leaves everything to the account', () => {
  const text = defaultPolicy(role.arn, 'Enable IAM User Permissions');
  expect(verdictOf(text, role, 'kms:PutKeyPolicy')).toBe('delegated');
});

test.each([
  '',
  '{',
  '[]',
  '{}',
  '{"Statement":[]}',
  policy({ Effect: 'Allow', Action: 'kms:*' }),
  policy(statement('Maybe', '*', '*')),
])('no policy: %s', (text) => {
  expect(statementsOf(text)).toBeUndefined();
});
