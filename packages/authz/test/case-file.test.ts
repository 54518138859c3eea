// Files of cases: what is read, and what is said of one that is not as it must be.

import { describe, expect, test } from 'vitest';
import { readCases } from '../src/case-file.ts';
import { runCases } from '../src/cases.ts';
import { KEY, OTHER_KEY, user } from './sample.ts';

const request = { principal: user('Alice'), checks: [['kms:Decrypt', KEY]] };
const allow = { Effect: 'Allow', Principal: { AWS: user('Alice') }, Action: 'kms:Decrypt', Resource: '*' };
const good = { id: 'A', env: { keyPolicy: [allow] }, request, expect: 'allow' };

function results(value: unknown) {
  const file = readCases(value);
  if (!file.ok) throw new Error(file.problem);
  return runCases(file);
}

describe('a file of cases', () => {
  test('may leave out whatever has a default', () => {
    const grown = {
      ...good,
      id: 'B',
      env: { ...good.env, keyPolicy: undefined, identity: [[{ ...allow, Principal: undefined }]] },
    };
    const silent = { id: 'C', request, expect: 'deny' };
    expect(results({ cases: [good, JSON.parse(JSON.stringify(grown)), silent] }).map(({ passed }) => passed)).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('has the default policy of the account that owns its key', () => {
    const theirs = OTHER_KEY.replace('111122223333', '444455556666');
    const root = { principal: 'arn:aws:iam::444455556666:root', checks: [['kms:PutKeyPolicy', theirs]] };
    const defaults = { key: { arn: theirs } };
    expect(results({ defaults, cases: [{ id: 'A', request: root, expect: 'allow' }] })[0]?.passed).toBe(true);
  });

  test('may say more about a case than is read', () => {
    const file = {
      about: 'x',
      fields: {},
      defaults: { note: 'x' },
      cases: [{ ...good, why: 'x', doc: 'x', confidence: 'x', note: 'x', source: 'x' }],
    };
    expect(readCases(file).ok).toBe(true);
  });

  test.each([
    [[], 'the file is not an object'],
    [{}, 'cases is missing'],
    [{ cases: {} }, 'cases is not a list'],
    [{ cases: [good, 7] }, 'cases[1] is not an object'],
    [{ cases: [{ ...good, id: 1 }] }, 'cases[0].id is not text'],
    [{ cases: [good, good] }, 'cases[1].id is "A", as of a case before it'],
    [{ cases: [{ ...good, expect: 'yes' }] }, 'cases[0].expect is none of allow, deny, ExplicitDeny, ImplicitDeny'],
    [{ cases: [{ id: 'A', request }] }, 'cases[0].expect is missing'],
    [{ cases: [{ ...good, decidedBy: 1 }] }, 'cases[0].decidedBy is not text'],
    [{ cases: [{ ...good, request: {} }] }, 'cases[0].request.principal is missing'],
    [{ cases: [{ ...good, request: { principal: user('A') } }] }, 'cases[0].request.checks is missing'],
    [{ cases: [] }, 'cases has none'],
    [
      { cases: [{ ...good, request: { ...request, checks: ['kms:Decrypt'] } }] },
      'cases[0].request.checks[0] is not a pair of action and resource',
    ],
    [
      { cases: [{ ...good, request: { ...request, context: { 'aws:SourceIp': 1 } } }] },
      'cases[0].request.context["aws:SourceIp"] is neither text nor a list of texts',
    ],
    [{ cases: [{ ...good, request: { ...request, checks: [] } }] }, 'cases[0].request.checks asks for nothing'],
    [{ cases: [{ ...good, env: { keyPolicy: allow } }] }, 'cases[0].env.keyPolicy is not a list'],
    [{ cases: [{ ...good, env: { keyPolicy: ['x'] } }] }, 'cases[0].env.keyPolicy[0] is not a statement'],
    [{ cases: [{ ...good, env: { identity: [allow] } }] }, 'cases[0].env.identity[0] is not a list'],
    [{ cases: [{ ...good, env: { grants: [{ id: 'g' }] } }] }, 'cases[0].env.grants[0].Operations is missing'],
    [
      { cases: [{ ...good, env: { grants: [{ id: 'g', Operations: [], pending: 'no' }] } }] },
      'cases[0].env.grants[0].pending is neither true nor false',
    ],
    [{ defaults: { key: { tags: { a: 1 } } }, cases: [] }, 'defaults.key.tags.a is not text'],
  ])('%j: %s', (file, problem) => {
    expect(readCases(file)).toEqual({ ok: false, problem });
  });

  // A policy that is left out by mistake lets a case pass that expects a denial.
  test.each([
    [
      { env: { identites: [] } },
      /^cases\[0\]\.env\.identites means nothing; known are keyPolicy, grants, key, identity/,
    ],
    [{ request: { ...request, contxt: {} } }, /^cases\[0\]\.request\.contxt means nothing/],
    [
      { env: { grants: [{ id: 'g', Operations: [], Constraint: {} }] } },
      /^cases\[0\]\.env\.grants\[0\]\.Constraint means/,
    ],
    [{ Env: {} }, /^cases\[0\]\.Env means nothing; known are id, title, env, request/],
    [{ env: { key: { Tags: { a: 'b' } } } }, /^cases\[0\]\.env\.key\.Tags means nothing/],
    [{ env: { key: { arn: '1234abcd' } } }, /^cases\[0\]\.env\.key\.arn is no ARN of a key$/],
    [
      { request: { ...request, checks: [['kms:Decript', KEY]] } },
      /\.checks\[0\] asks for kms:Decript, which KMS does not/,
    ],
    [
      { request: { ...request, checks: [['Decrypt', KEY]] } },
      /\.checks\[0\] asks for Decrypt, which KMS does not have$/,
    ],
    [{ request: { ...request, checks: [['kms:*', KEY]] } }, /\.checks\[0\] asks for kms:\*, which KMS does not have$/],
    [
      { request: { ...request, checks: [['kms:Decrypt', '1234abcd-12ab-34cd-56ef-1234567890ab']] } },
      /\.checks\[0\] asks for 1234abcd-\S*, which is no ARN of a key or an alias, and not \*$/,
    ],
    [
      { request: { ...request, context: { 'kms:ViaServce': 'x' } } },
      /context\["kms:ViaServce"\] is no condition key of KMS$/,
    ],
    [
      { request: { ...request, principal: 'arn:aws:iam::11112222333:role/App' } },
      /request\.principal is no principal$/,
    ],
    [{ request: { ...request, op: 'Retiregrant' } }, /^cases\[0\]\.request\.op is not RetireGrant$/],
    [
      { request: { ...request, service: true } },
      /^cases\[0\]\.request\.service is true, but the principal is no service$/,
    ],
    [
      { request: { ...request, principal: 's3.amazonaws.com', service: false } },
      /^cases\[0\]\.request\.service is false, but the principal is a service$/,
    ],
    [{ request: { principal: user('Alice'), op: 'RetireGrant' } }, /^cases\[0\]\.env\.grants has no grant to retire$/],
    [
      { env: { grants: [{ id: 'g', GranteePrincipal: user('Alice'), Operations: ['decrypt'] }] } },
      /^cases\[0\]\.env\.grants\[0\]\.Operations\[0\] is decrypt, which no grant can have$/,
    ],
    [
      { request: { ...request, childGrant: { Operations: ['PutKeyPolicy'] } } },
      /^cases\[0\]\.request\.childGrant\.Operations\[0\] is PutKeyPolicy, which/,
    ],
    [
      { env: { grants: [{ id: 'g', Operations: ['Decrypt'] }] } },
      /^cases\[0\]\.env\.grants\[0\] has no grantee that can call KMS$/,
    ],
    [
      { env: { grants: [{ id: 'g', GranteePrincipal: 'role/App', Operations: ['Decrypt'] }] } },
      /^cases\[0\]\.env\.grants\[0\] has no grantee that can call KMS$/,
    ],
    [{ env: { perKey: { [OTHER_KEY]: {} } } }, /^cases\[0\]\.env\.perKey has \S*, which the request does not ask for$/],
  ])('%j is misspelt', (change, problem) => {
    const file = readCases({ cases: [{ ...good, ...change }] });
    expect(file.ok ? '' : file.problem).toMatch(problem);
  });

  test.each([
    [{ default: {}, cases: [good] }, /^default means nothing; known are defaults, cases/],
    [
      { defaults: { keypolicy: [allow] }, cases: [good] },
      /^defaults\.keypolicy means nothing; known are key, keyPolicy/,
    ],
  ])('%j is misspelt around its cases', (value, problem) => {
    const file = readCases(value);
    expect(file.ok ? '' : file.problem).toMatch(problem);
  });

  // JSON has neither, what somebody builds by hand has.
  test.each([
    [{ cases: Object.assign([], { 1: good }) }, 'cases[0] is not an object'],
    [{ cases: [{ ...good, request: { ...request, principal: undefined } }] }, 'cases[0].request.principal is missing'],
  ])('with a hole in it is refused', (value, problem) => {
    expect(readCases(value)).toEqual({ ok: false, problem });
  });

  test('a request by a service may say that it is one', () => {
    const byService = { ...request, principal: 's3.amazonaws.com', service: true };
    expect(readCases({ cases: [{ ...good, request: byService, expect: 'deny' }] }).ok).toBe(true);
  });
});
