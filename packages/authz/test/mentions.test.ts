// What a statement speaks of, without a request.

import { describe, expect, test } from 'vitest';
import { mentionsAction, mentionsResource, parsePolicy, type Statement } from '../src/index.ts';

function statement(members: object): Statement {
  const parsed = parsePolicy(JSON.stringify({ Statement: { Effect: 'Allow', ...members } }), 'identity policy');
  const [only] = parsed.ok ? parsed.policy.statements : [];
  if (only === undefined) throw new Error('no statement');
  return only;
}

const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('mentionsAction', () => {
  test.each([
    [{ Action: 'kms:Decrypt' }, true],
    [{ Action: 'KMS:dECRYPT' }, true],
    [{ Action: ['kms:Encrypt', 'kms:De*'] }, true],
    [{ Action: '*' }, true],
    [{ Action: 'kms:Encrypt' }, false],
    [{ NotAction: 'kms:Decrypt' }, false],
    [{ NotAction: 'kms:Encrypt' }, true],
    [{ NotAction: 'kms:*' }, false],
  ])('%j: %s', (members, expected) => {
    expect(mentionsAction(statement({ Resource: '*', ...members }), 'kms:Decrypt')).toBe(expected);
  });
});

describe('mentionsResource', () => {
  test.each([
    [{ Resource: key }, true],
    [{ Resource: 'arn:aws:kms:*:111122223333:key/*' }, true],
    [{ Resource: 'arn:aws:kms:*:444455556666:key/*' }, false],
    [{ NotResource: key }, false],
    [{ Resource: 'arn:aws:kms:*:111122223333:key/${aws:PrincipalTag/key}' }, true],
  ])('%j: %s', (members, expected) => {
    const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', ...members } };
    const parsed = parsePolicy(JSON.stringify(policy), 'identity policy');
    const [only] = parsed.ok ? parsed.policy.statements : [];
    expect(only && mentionsResource(only, key)).toBe(expected);
  });
});
