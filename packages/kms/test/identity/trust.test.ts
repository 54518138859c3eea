// Trust policies: read like the policy of a key, without a resource.

import { describe, expect, test } from 'vitest';
import { defaultTrust, parseTrust, trustProblem } from '../../src/identity/trust.ts';
import { ours, policyText } from '../engine.ts';

const statement = { Effect: 'Allow', Principal: { AWS: ours }, Action: 'sts:AssumeRole' } as const;

describe('trust', () => {
  test.each([
    ['one statement', JSON.stringify({ Version: '2012-10-17', Statement: statement })],
    ['a list', policyText(statement)],
    ['the default', defaultTrust(ours, 'aws')],
    ['every action of STS, in any case', policyText({ ...statement, Action: ['STS:*', 'sts:TagSession'] })],
  ])('%s allows on every resource', (_form, text) => {
    const parsed = parseTrust(text);
    expect(parsed.ok && parsed.policy.allows.map(({ resources }) => resources.written)).toEqual([['*']]);
  });

  test.each([
    ['{', /^trust policy: Policy is not valid JSON/],
    ['[]', /^trust policy: Policy is not a JSON object/],
    ['{}', /^trust policy: Policy/],
    ['{"Statement":[5]}', /^trust policy: Policy statement 0 is not a JSON object/],
    [policyText({ Effect: 'Allow', Action: 'sts:AssumeRole' }), /no principal/],
    [policyText({ ...statement, Resource: '*' }), /^trust policy: Has prohibited field Resource\.$/],
    [policyText({ ...statement, NotResource: 'x' }), /^trust policy: Has prohibited field NotResource\.$/],
    [
      policyText({ Effect: 'Allow', NotPrincipal: { AWS: ours }, Action: 'sts:AssumeRole' }),
      /^trust policy: Allow with NotPrincipal/,
    ],
    [policyText({ ...statement, Action: 'kms:Decrypt' }), /^trust policy: AssumeRole policy may only specify STS/],
    [policyText(statement, { ...statement, Action: ['sts:AssumeRole', '*'] }), /may only specify STS/],
  ])('%s is refused', (text, problem) => expect(trustProblem(text)).toMatch(problem));

  test('what is right has no problem', () => {
    expect(trustProblem(policyText(statement))).toBeUndefined();
    expect(trustProblem(policyText({ Effect: 'Deny', NotPrincipal: { AWS: ours }, Action: 'sts:*' }))).toBeUndefined();
  });
});
