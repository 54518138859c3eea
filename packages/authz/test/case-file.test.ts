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
      cases: [{ ...good, why: 'x', doc: 'x', confidence: 'x' }],
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
    [{ cases: [{ ...good, request: { principal: 'x' } }] }, 'cases[0].request.checks is missing'],
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
  ])('%j is misspelt', (change, problem) => {
    const file = readCases({ cases: [{ ...good, ...change }] });
    expect(file.ok ? '' : file.problem).toMatch(problem);
  });
});
