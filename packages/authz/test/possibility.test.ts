// Under which conditions a request would be allowed, where not everything about it is known.

import { describe, expect, test } from 'vitest';
import { GrantIndex } from '../src/grant-index.ts';
import { parsePolicy } from '../src/policy.ts';
import { possibilityOf, refusalOf } from '../src/possibility.ts';
import type { AuthorizationRequest } from '../src/request.ts';
import {
  DEFAULT_KEY_POLICY,
  identityPolicy,
  KEY,
  keyPolicy,
  named,
  OWNER,
  principal,
  role,
  user,
  type Written,
} from './sample.ts';

const viaS3 = { StringEquals: { 'kms:ViaService': 's3.us-west-2.amazonaws.com' } };
const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const allow = { Effect: 'Allow', Principal: { AWS: user('Alice') }, Action: 'kms:*', Resource: '*' };
const own = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' };

function ask(over: Partial<AuthorizationRequest>, open: RegExp = /viaservice|multifactor|encryptioncontext|sourcearn/) {
  const request = {
    principal: principal(user('Alice')),
    action: 'kms:Decrypt',
    resource: KEY,
    keyPolicy: DEFAULT_KEY_POLICY,
    keyAccount: OWNER,
    identityPolicies: [],
    now: 0,
    ...over,
  };
  const { unless, ways } = possibilityOf(request, (key) => open.test(key));
  const keysOf = (lists: typeof ways) => lists.map((list) => list.map(({ key, operator }) => `${operator} ${key}`));
  return { ways: keysOf(ways), unless: keysOf(unless) };
}

const S3 = 'StringEquals kms:ViaService';
const MFA = 'Bool aws:MultiFactorAuthPresent';

test('what is in the way of every way is the decision on the best of requests', () => {
  const request = { principal: principal(user('Alice')), action: 'kms:Decrypt', resource: KEY, keyAccount: OWNER };
  const refused = (...statements: readonly Written[]) =>
    refusalOf({ ...request, keyPolicy: keyPolicy(...statements), identityPolicies: [] }, (key) =>
      /viaservice/.test(key),
    );
  expect(refused(allow)).toBeUndefined();
  expect(refused({ ...allow, Condition: viaS3 })).toBeUndefined();
  expect(refused(allow, { ...deny, Condition: viaS3 })).toBeUndefined();
  expect(refused(allow, deny)?.decidedBy).toMatchObject({ policyType: 'key policy', statement: 1 });
  // Without it nobody would be let in either.
  expect(refused({ ...deny, Condition: viaS3 })?.reason).toBe('no key policy statement allows it');
});

describe('a request', () => {
  test.each<[string, Partial<AuthorizationRequest>, readonly string[][], readonly string[][]]>([
    ['is never allowed by nobody', {}, [], []],
    ['is allowed by a statement without conditions', { keyPolicy: keyPolicy(allow) }, [[]], []],
    ['may be allowed under a condition', { keyPolicy: keyPolicy({ ...allow, Condition: viaS3 }) }, [[S3]], []],
    [
      'needs all conditions of a statement',
      { keyPolicy: keyPolicy({ ...allow, Condition: { ...viaS3, ...withMfa } }) },
      [[S3, MFA]],
      [],
    ],
    [
      'has several ways',
      { keyPolicy: keyPolicy({ ...allow, Condition: viaS3 }, { ...allow, Condition: withMfa }) },
      [[S3], [MFA]],
      [],
    ],
    [
      'needs no way that asks for more',
      { keyPolicy: keyPolicy({ ...allow, Condition: { ...viaS3, ...withMfa } }, { ...allow, Condition: withMfa }) },
      [[MFA]],
      [],
    ],
    [
      'needs no condition where another statement has none',
      { keyPolicy: keyPolicy({ ...allow, Condition: viaS3 }, allow) },
      [[]],
      [],
    ],
    [
      'may be denied under a condition',
      { keyPolicy: keyPolicy(allow, { ...deny, Condition: withMfa }) },
      [[]],
      [[MFA]],
    ],
    ['is not allowed where a Deny has none', { keyPolicy: keyPolicy(allow, deny) }, [], []],
    [
      'needs the conditions of both accounts of an answer',
      {
        keyPolicy: keyPolicy({ ...allow, Principal: { AWS: OWNER }, Condition: viaS3 }),
        identityPolicies: named(identityPolicy({ ...own, Condition: withMfa })),
      },
      [[S3, MFA]],
      [],
    ],
    [
      'meets a condition on what is known, or does not',
      { keyPolicy: keyPolicy({ ...allow, Condition: { StringEquals: { 'kms:CallerAccount': 'x' } } }) },
      [],
      [],
    ],
    [
      'is not denied for another action',
      { keyPolicy: keyPolicy(allow, { ...deny, Action: 'kms:Sign', Condition: withMfa }) },
      [[]],
      [],
    ],
  ])('%s', (_what, over, ways, unless) => {
    expect(ask(over)).toEqual({ ways, unless });
  });

  test('needs the boundary of a role, and not of a user who is named', () => {
    const parsed = parsePolicy(JSON.stringify({ Statement: { ...own, Condition: withMfa } }), 'permissions boundary');
    if (!parsed.ok) throw new Error(parsed.problem);
    const boundary = { name: 'limit', policy: parsed.policy };
    expect(ask({ keyPolicy: keyPolicy(allow), boundary }).ways).toEqual([[]]);
    const app = {
      principal: principal(role('App')),
      keyPolicy: keyPolicy({ ...allow, Principal: { AWS: role('App') } }),
    };
    expect(ask({ ...app, boundary }).ways).toEqual([[MFA]]);
  });

  test('may fill a variable of a condition', () => {
    const Condition = { StringEquals: { 'kms:CallerAccount': '${aws:SourceArn}' } };
    expect(ask({ keyPolicy: keyPolicy({ ...allow, Condition }) }).ways).toEqual([['StringEquals kms:CallerAccount']]);
  });

  test('cannot meet a condition on tags in a key policy, which does not see them', () => {
    const Condition = { StringEquals: { 'aws:ResourceTag/a': 'b' } };
    expect(ask({ keyPolicy: keyPolicy({ ...allow, Condition }) }, /resourcetag/).ways).toEqual([]);
  });
});

describe('a grant', () => {
  const constraints = { encryptionContextSubset: [['tenant', 'acme']] as const, sourceArn: 'arn:aws:s3:::b' };
  const grant = { id: 'g', grantee: user('Alice'), operations: ['Decrypt'], constraints };
  const grants = (over: object = {}) => new GrantIndex([{ ...grant, ...over }]);

  test('allows under its constraints', () => {
    expect(ask({ grants: grants() }).ways).toEqual([
      ['EncryptionContextSubset EncryptionContext', 'SourceArn aws:SourceArn'],
    ]);
    expect(ask({ grants: grants({ constraints: undefined }) }).ways).toEqual([[]]);
    expect(ask({ grants: grants() }, /^$/).ways).toEqual([]);
  });

  test('that is not known everywhere yet allows with its token', () => {
    const young = grants({ constraints: undefined, activeAt: 1 });
    expect(ask({ grants: young }).ways).toEqual([['grant token GrantTokens']]);
    expect(ask({ grants: young, tokens: new Set(['g']) }).ways).toEqual([[]]);
    expect(ask({ grants: young, now: 1 }).ways).toEqual([[]]);
  });

  test('for something else allows nothing', () => {
    expect(ask({ grants: grants(), action: 'kms:Sign' }).ways).toEqual([]);
  });

  test('that has ended allows nothing', () => {
    expect(ask({ grants: grants({ constraints: undefined, endsAt: 0 }) }).ways).toEqual([]);
  });
});
