// The truth table: whose account, how the key policy speaks of the caller, what the caller's own policies say.

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import type { Decision, Reason } from '../src/decision.ts';
import type { Policy } from '../src/policy.ts';
import type { AuthorizationRequest } from '../src/request.ts';
import {
  DEFAULT_KEY_POLICY,
  identityPolicy,
  KEY,
  keyPolicy,
  named,
  OTHER,
  OTHER_KEY,
  OWNER,
  principal,
  role,
  rootOf,
  session,
  user,
  type Written,
} from './sample.ts';

const ALLOW: Written = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const DENY: Written = { ...ALLOW, Effect: 'Deny' };

function decide(arn: string, policy: Policy | undefined, over: Partial<AuthorizationRequest> = {}): Decision {
  return authorize({
    principal: principal(arn),
    action: 'kms:Decrypt',
    resource: KEY,
    ...(policy && { keyPolicy: policy, keyAccount: OWNER }),
    crossAccount: true,
    identityPolicies: [],
    ...over,
  });
}

const NO_KEY: Reason = 'no key policy statement allows it';
const NO_IDENTITY: Reason = 'no identity policy statement allows it';
const identities = { none: [], allow: named(identityPolicy(ALLOW)), deny: named(identityPolicy(ALLOW, DENY)) } as const;

// The key policy's word on the caller in the row; what comes out for each word of its own policies in the column.
// Sections of https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html and
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
type Row = readonly [says: string, none: Reason, allow: Reason, deny: Reason, delegated: boolean];
const SAME_ACCOUNT: readonly Row[] = [
  ['directly named', 'allowed', 'allowed', 'explicit deny', false],
  ['its role named', 'allowed', 'allowed', 'explicit deny', false],
  ['*', 'allowed', 'allowed', 'explicit deny', false],
  ['delegated', NO_IDENTITY, 'allowed', 'explicit deny', true],
  ['delegated by number', NO_IDENTITY, 'allowed', 'explicit deny', true],
  ['somebody else named', NO_KEY, NO_KEY, 'explicit deny', false],
  ['another account', NO_KEY, NO_KEY, 'explicit deny', false],
  ['denied by name', 'explicit deny', 'explicit deny', 'explicit deny', false],
  ['denied by account', 'explicit deny', 'explicit deny', 'explicit deny', false],
];
const CROSS_ACCOUNT: readonly Row[] = [
  ['directly named', NO_IDENTITY, 'allowed', 'explicit deny', true],
  ['its role named', NO_IDENTITY, 'allowed', 'explicit deny', true],
  ['*', NO_IDENTITY, 'allowed', 'explicit deny', true],
  ['delegated', NO_IDENTITY, 'allowed', 'explicit deny', true],
  ['delegated by number', NO_IDENTITY, 'allowed', 'explicit deny', true],
  ['somebody else named', NO_KEY, NO_KEY, 'explicit deny', false],
  ['another account', NO_KEY, NO_KEY, 'explicit deny', false],
  ['denied by name', 'explicit deny', 'explicit deny', 'explicit deny', false],
  ['denied by account', 'explicit deny', 'explicit deny', 'explicit deny', false],
];

function policySaying(says: string, account: string): Policy {
  const to = (written: Written, AWS: string): Written => ({ ...written, Principal: { AWS } });
  const statements: Readonly<Record<string, readonly Written[]>> = {
    'directly named': [to(ALLOW, session('App/s1', account))],
    'its role named': [to(ALLOW, role('App', account))],
    '*': [to(ALLOW, '*')],
    delegated: [to(ALLOW, rootOf(account))],
    'delegated by number': [to(ALLOW, account)],
    'somebody else named': [to(ALLOW, user('Bob', account)), to(ALLOW, session('App/s2', account))],
    'another account': [to(ALLOW, rootOf('777788889999'))],
    'denied by name': [to(ALLOW, '*'), to(DENY, role('App', account))],
    'denied by account': [to(ALLOW, '*'), to(DENY, rootOf(account))],
  };
  return keyPolicy(...(statements[says] ?? []));
}

describe.each([
  ['in the account of the key', OWNER, SAME_ACCOUNT],
  ['from another account', OTHER, CROSS_ACCOUNT],
])('a session %s', (_where, account, rows) => {
  test.each(rows)('key policy: %s; own policies: none %s, allow %s, deny %s', (says, none, allow, deny, delegated) => {
    const policy = policySaying(says, account);
    const column = (own: keyof typeof identities): Decision =>
      decide(session('App/s1', account), policy, { identityPolicies: identities[own] });
    expect([column('none').reason, column('allow').reason, column('deny').reason]).toEqual([none, allow, deny]);
    expect([column('none').delegated, column('allow').delegated, column('deny').delegated]).toEqual([
      delegated,
      delegated,
      false,
    ]);
  });

  test.each(rows)('key policy: %s; the outcome follows the reason', (says) => {
    for (const identityPolicies of Object.values(identities)) {
      const { outcome, reason } = decide(session('App/s1', account), policySaying(says, account), { identityPolicies });
      const expected = reason === 'allowed' ? 'Allow' : reason === 'explicit deny' ? 'ExplicitDeny' : 'ImplicitDeny';
      expect(outcome).toBe(expected);
    }
  });
});

describe('the root user', () => {
  test('of the key owner is allowed by the account principal, without a policy of its own', () => {
    // key-policy-default.html: the account principal represents the account and its root user.
    const decision = decide(rootOf(OWNER), DEFAULT_KEY_POLICY, { action: 'kms:PutKeyPolicy' });
    expect(decision).toMatchObject({ outcome: 'Allow', delegated: false, decidedBy: { policyType: 'key policy' } });
  });

  test('gets nothing from a key policy that does not speak of its account', () => {
    expect(decide(rootOf(OWNER), policySaying('somebody else named', OWNER)).reason).toBe(NO_KEY);
  });

  test('may do what needs no key', () => {
    const decision = decide(rootOf(OWNER), undefined, { action: 'kms:CreateKey', resource: '*' });
    expect(decision).toMatchObject({ outcome: 'Allow', decidedBy: undefined });
  });

  test('of another account is allowed as soon as the key policy names that account', () => {
    expect(decide(rootOf(OTHER), policySaying('delegated', OTHER))).toMatchObject({
      outcome: 'Allow',
      delegated: true,
    });
    expect(decide(rootOf(OTHER), DEFAULT_KEY_POLICY).reason).toBe(NO_KEY);
  });
});

describe('an operation without a key', () => {
  const createKey = { action: 'kms:CreateKey', resource: '*' };

  test('is decided by identity policies alone', () => {
    expect(decide(user('Alice'), undefined, createKey).reason).toBe(NO_IDENTITY);
    const identityPolicies = named(identityPolicy({ ...ALLOW, Action: 'kms:Create*' }));
    expect(decide(user('Alice'), undefined, { ...createKey, identityPolicies })).toMatchObject({
      outcome: 'Allow',
      delegated: false,
    });
  });

  test('needs Resource *, not the ARN of a key', () => {
    // alias-access.html: ListKeys and ListAliases have no resource of their own.
    const identityPolicies = named(identityPolicy({ ...ALLOW, Action: 'kms:ListKeys', Resource: [KEY, 'arn:*'] }));
    expect(decide(user('Alice'), undefined, { action: 'kms:ListKeys', resource: '*', identityPolicies }).outcome).toBe(
      'ImplicitDeny',
    );
  });
});

describe('an operation that works only in the owner account', () => {
  test('is refused to others, whatever the policies say', () => {
    const over = { crossAccount: false, identityPolicies: identities.allow };
    const reason: Reason = 'the operation cannot be called from another account';
    expect(decide(user('Alice', OTHER), policySaying('*', OTHER), over)).toMatchObject({
      outcome: 'ImplicitDeny',
      reason,
    });
    expect(decide(user('Alice', OTHER), undefined, { ...over, keyAccount: OWNER }).reason).toBe(reason);
    expect(decide(user('Alice'), policySaying('*', OWNER), over).outcome).toBe('Allow');
  });
});

describe('a service principal', () => {
  test('is let in by * without policies of its own, and by nothing that names accounts', () => {
    expect(decide('ec2.amazonaws.com', keyPolicy({ ...ALLOW, Principal: '*' })).outcome).toBe('Allow');
    expect(decide('ec2.amazonaws.com', DEFAULT_KEY_POLICY).reason).toBe(NO_KEY);
  });

  test('is of no account, so an operation of the owner account is not for it', () => {
    const open = keyPolicy({ ...ALLOW, Principal: { Service: 'ec2.amazonaws.com' } });
    expect(decide('ec2.amazonaws.com', open, { crossAccount: false })).toMatchObject({
      outcome: 'ImplicitDeny',
      reason: 'the operation cannot be called from another account',
    });
  });
});

describe('what cannot be evaluated', () => {
  const parts: readonly (readonly [string, Written])[] = [
    ['an unknown operator', { Condition: { StringResembles: { 'kms:CallerAccount': OWNER } } }],
    ['an unknown condition key', { Condition: { StringEquals: { 'kms:CallersAccount': OWNER } } }],
    ['an unknown member', { Colour: 'green' }],
    ['an unknown kind of principal', { Principal: { AWS: user('Alice'), Organization: 'o-1' } }],
    ['NotAction beside Action', { NotAction: 'kms:Encrypt' }],
    ['an unknown policy variable', { Resource: 'arn:aws:kms:*:*:key/${aws:nickname}' }],
    ['an open policy variable', { Condition: { StringLike: { 'kms:CallerAccount': '*${aws:username' } } }],
  ];
  const base: Written = { ...ALLOW, Principal: { AWS: user('Alice') } };

  test.each(parts)('%s: an Allow never allows', (_part, change) => {
    expect(decide(user('Alice'), keyPolicy({ ...base, ...change })).outcome).toBe('ImplicitDeny');
  });

  test.each(parts)('%s: a Deny fails closed, and says so', (_part, change) => {
    const decision = decide(user('Alice'), keyPolicy(base, { ...base, Effect: 'Deny', ...change }));
    expect(decision).toMatchObject({ outcome: 'ExplicitDeny', decidedBy: { policyType: 'key policy', statement: 1 } });
    expect(decision.considered[1]?.notEvaluated).not.toEqual([]);
  });

  test.each(parts)('%s: a Deny whose other elements do not match denies nothing', (_part, change) => {
    const elsewhere = { ...base, Effect: 'Deny', Action: 'kms:Encrypt', ...change };
    expect(decide(user('Alice'), keyPolicy(base, elsewhere)).outcome).toBe('Allow');
  });
});

// Cases that AWS's guide states; the page of each beside it.
describe('the developer guide', () => {
  const aliceAlone = keyPolicy({ ...ALLOW, Principal: { AWS: user('Alice') } });
  const withPartner = keyPolicy(
    { ...ALLOW, Principal: { AWS: rootOf(OWNER) }, Action: 'kms:*' },
    { ...ALLOW, Principal: { AWS: rootOf(OTHER) }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*'] },
  );
  const own = (over: Written) => ({ identityPolicies: named(identityPolicy({ ...ALLOW, ...over })) });

  test.each([
    // cmks-in-iam-policies.html: only key ARNs stand for keys in an IAM policy
    ['an IAM statement about another key', user('Alice'), DEFAULT_KEY_POLICY, own({ Resource: OTHER_KEY }), false],
    [
      'an IAM statement about a bare key id',
      user('Alice'),
      DEFAULT_KEY_POLICY,
      own({ Resource: KEY.slice(-36) }),
      false,
    ],
    [
      'an IAM statement about an alias',
      user('Alice'),
      DEFAULT_KEY_POLICY,
      own({ Resource: 'arn:aws:kms:us-west-2:111122223333:alias/app' }),
      false,
    ],
    [
      'an IAM statement about all keys of the account',
      user('Alice'),
      DEFAULT_KEY_POLICY,
      own({ Resource: 'arn:aws:kms:*:111122223333:key/*' }),
      true,
    ],
    // control-access.html: nobody has access by having created the key
    ['a creator whom the key policy leaves out', user('Bob'), aliceAlone, own({ Action: 'kms:*' }), false],
    // key-policy-overview.html
    ['a key policy that names the caller', user('Alice'), aliceAlone, {}, true],
    [
      'an action written in other capitals',
      user('Alice'),
      keyPolicy({ ...ALLOW, Principal: '*', Action: 'KMS:decrypt' }),
      {},
      true,
    ],
    [
      'a key policy with the ARN of its own key',
      user('Alice'),
      keyPolicy({ ...ALLOW, Principal: '*', Resource: KEY }),
      {},
      true,
    ],
    [
      'a key policy statement without Resource',
      user('Alice'),
      keyPolicy({ Effect: 'Allow', Principal: '*', Action: 'kms:*' }),
      {},
      false,
    ],
    [
      'a Deny without Resource',
      user('Alice'),
      keyPolicy({ ...ALLOW, Principal: '*' }, { Effect: 'Deny', Principal: '*', Action: 'kms:*' }),
      {},
      true,
    ],
    // key-policy-modifying-external-accounts.html
    ['both sides of two accounts', session('Eng/bob', OTHER), withPartner, own({ Resource: KEY }), true],
    ['the key policy alone', session('Eng/bob', OTHER), withPartner, {}, false],
    ['the IAM policy alone', session('Eng/bob', OTHER), DEFAULT_KEY_POLICY, own({ Action: 'kms:*' }), false],
    [
      'an action that the key policy does not give',
      session('Eng/bob', OTHER),
      withPartner,
      { action: 'kms:Sign', ...own({ Action: 'kms:*' }) },
      false,
    ],
  ] as const)('%s', (_what, arn, policy, over, allowed) => {
    expect(decide(arn, policy, over).outcome === 'Allow').toBe(allowed);
  });
});

test('a policy in the place of the other type is a mistake, not an answer', () => {
  const identityPolicies = named(keyPolicy({ ...ALLOW, Principal: '*' }));
  expect(() => decide(user('Alice'), identityPolicy(ALLOW))).toThrow(TypeError);
  expect(() => decide(user('Alice'), DEFAULT_KEY_POLICY, { identityPolicies })).toThrow(TypeError);
});
