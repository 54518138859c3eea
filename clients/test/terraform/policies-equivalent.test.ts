// What Terraform takes for one policy, and what it does not: the tests of resources lean on it.

import { expect, test } from 'vitest';
import { policiesAreEquivalent } from './policies-equivalent.ts';

const base = {
  Version: '2012-10-17',
  Id: 'p',
  Statement: [
    { Sid: 'A', Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'kms:*', Resource: '*' },
    {
      Sid: 'B',
      Effect: 'Deny',
      Principal: { AWS: ['arn:aws:iam::000000000000:role/X', 'arn:aws:iam::000000000000:role/Y'] },
      Action: ['kms:Encrypt', 'kms:Decrypt'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': ['a', 'b'] } },
    },
  ],
};
const text = JSON.stringify(base);
const [first, second] = base.Statement;

test.each([
  ['whitespace', JSON.stringify(base, null, 3)],
  ['the order of statements', JSON.stringify({ ...base, Statement: [second, first] })],
  ['the order of lists', text.replace('["kms:Encrypt","kms:Decrypt"]', '["kms:Decrypt","kms:Encrypt"]')],
  ['a list of one', text.replace('"Action":"kms:*"', '"Action":["kms:*"]')],
  ['an account as its root user', text.replace('"000000000000"', '"arn:aws:iam::000000000000:root"')],
  ['the order of members', JSON.stringify({ Statement: base.Statement, Id: 'p', Version: '2012-10-17' })],
])('%s makes no difference', (_what, other) => {
  expect(other).not.toBe(text);
  expect(policiesAreEquivalent(text, other)).toBe(true);
});

test.each([
  ['the version', text.replace('2012-10-17', '2008-10-17')],
  ['the id', text.replace('"p"', '"q"')],
  ['a Sid', text.replace('"Sid":"A"', '"Sid":"C"')],
  ['an effect', text.replace('Deny', 'Allow')],
  ['a principal', text.replace('role/X', 'role/Z')],
  ['an action', text.replace('kms:Encrypt', 'kms:ReEncrypt*')],
  ['the case of an action', text.replace('kms:Encrypt', 'kms:encrypt')],
  ['a condition', text.replace('"a","b"', '"a"')],
  ['a statement less', JSON.stringify({ ...base, Statement: [first] })],
])('%s makes one', (_what, other) => {
  expect(other).not.toBe(text);
  expect(policiesAreEquivalent(text, other)).toBe(false);
});
