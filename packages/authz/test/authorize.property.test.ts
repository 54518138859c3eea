// Laws of the decision, over a universe small enough that statements often match.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { authorize } from '../src/authorize.ts';
import type { Decision } from '../src/decision.ts';
import { type AuthorizationRequest, isFromAnotherAccount } from '../src/request.ts';
import {
  KEY,
  named,
  OTHER,
  OTHER_KEY,
  OWNER,
  principal,
  read,
  role,
  rootOf,
  session,
  user,
  type Written,
} from './sample.ts';

const oneOrMore = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(arbitrary, fc.array(arbitrary, { minLength: 1, maxLength: 3 }));
const actions = oneOrMore(
  fc.constantFrom('*', 'kms:*', 'kms:Decrypt', 'kms:En*', 'KMS:DECRYPT', 'kms:*crypt', 'kms:S?gn'),
);
const resources = oneOrMore(fc.constantFrom('*', KEY, OTHER_KEY, 'arn:aws:kms:*:key/*', 'arn:aws:kms:${aws:username}'));
const principals = oneOrMore(
  fc.constantFrom(
    '*',
    OWNER,
    rootOf(OWNER),
    rootOf(OTHER),
    user('Alice'),
    user('Alice', OTHER),
    role('App'),
    role('App', OTHER),
    session('App/s1'),
  ),
);
const effect = fc.constantFrom('Allow', 'Deny');
const doubt = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ Condition: { Bool: { 'kms:GrantIsForAWSResources': 'true' } } }) },
);
const identityStatement: fc.Arbitrary<Written> = fc
  .tuple(fc.record({ Effect: effect, Action: actions, Resource: resources }), doubt)
  .map(([statement, more]) => ({ ...statement, ...more }));
const keyStatement: fc.Arbitrary<Written> = fc
  .tuple(identityStatement, principals)
  .map(([statement, AWS]) => ({ ...statement, Principal: { AWS } }));

const question = fc.record({
  principal: fc
    .constantFrom(
      rootOf(OWNER),
      rootOf(OTHER),
      user('Alice'),
      user('Alice', OTHER),
      role('App'),
      session('App/s1'),
      session('App/s2', OTHER),
    )
    .map(principal),
  action: fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 'kms:Sign'),
  resource: fc.constantFrom(KEY, OTHER_KEY),
  crossAccount: fc.boolean(),
});
const world = fc.record({
  key: fc.option(fc.array(keyStatement, { minLength: 1, maxLength: 4 }), { nil: undefined, freq: 8 }),
  identities: fc.array(fc.array(identityStatement, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
type Question = Pick<AuthorizationRequest, 'principal' | 'action' | 'resource'> & { readonly crossAccount: boolean };

function decide(asked: Question, { key, identities }: World): Decision {
  const policies = identities.map((Statement) => read({ Version: '2012-10-17', Statement }, 'identity policy'));
  return authorize({
    ...asked,
    ...(key && { keyPolicy: read({ Version: '2012-10-17', Statement: key }, 'key policy'), keyAccount: OWNER }),
    identityPolicies: named(...policies),
  });
}

const allows = (decision: Decision): boolean => decision.outcome === 'Allow';
const RUNS = { numRuns: 1000 };

describe('authorize', () => {
  test.prop([question, world, keyStatement, identityStatement], RUNS)(
    'adding an Allow never takes an Allow away',
    (asked, before, forKey, forIdentity) => {
      const key = before.key && [...before.key, { ...forKey, Effect: 'Allow' }];
      const identities = [...before.identities, [{ ...forIdentity, Effect: 'Allow' }]];
      if (allows(decide(asked, before))) {
        expect(allows(decide(asked, { ...before, key }))).toBe(true);
        expect(allows(decide(asked, { ...before, identities }))).toBe(true);
      }
    },
  );

  test.prop([question, world, keyStatement, identityStatement], RUNS)(
    'adding a Deny never gives an Allow',
    (asked, before, forKey, forIdentity) => {
      const key = before.key && [...before.key, { ...forKey, Effect: 'Deny' }];
      const identities = [...before.identities, [{ ...forIdentity, Effect: 'Deny' }]];
      if (!allows(decide(asked, before))) {
        expect(allows(decide(asked, { ...before, key }))).toBe(false);
        expect(allows(decide(asked, { ...before, identities }))).toBe(false);
      }
    },
  );

  test.prop([question, world], RUNS)(
    'the order of statements and policies does not matter, nor saying it twice',
    (asked, before) => {
      const { outcome, reason, delegated } = decide(asked, before);
      const turned = {
        key: before.key?.toReversed(),
        identities: before.identities.map((list) => list.toReversed()).toReversed(),
      };
      expect(decide(asked, turned)).toMatchObject({ outcome, reason, delegated });
      const twice = {
        key: before.key && [...before.key, ...before.key],
        identities: [...before.identities, ...before.identities],
      };
      expect(decide(asked, twice)).toMatchObject({ outcome, reason, delegated });
    },
  );

  test.prop([question, world], RUNS)(
    'a string is a list of one, and the case of an action is irrelevant',
    (asked, before) => {
      const { outcome, reason, delegated, decidedBy } = decide(asked, before);
      const list = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);
      const listed = ({ Principal, ...rest }: Written): Written => ({
        ...rest,
        Action: list(rest['Action']),
        Resource: list(rest['Resource']),
        ...(Principal !== undefined && { Principal: { AWS: list((Principal as { AWS: unknown }).AWS) } }),
      });
      const after = {
        key: before.key?.map(listed),
        identities: before.identities.map((statements) => statements.map(listed)),
      };
      expect(decide(asked, after)).toMatchObject({ outcome, reason, delegated, decidedBy });
      expect(decide({ ...asked, action: asked.action.toUpperCase() }, before)).toMatchObject({
        outcome,
        reason,
        delegated,
      });
    },
  );

  test.prop([question, keyStatement, fc.option(identityStatement, { nil: undefined })], RUNS)(
    'a statement object is a list of one statement',
    (asked, forKey, forIdentity) => {
      const once = (Statement: unknown, Own: unknown): Decision =>
        authorize({
          ...asked,
          keyPolicy: read({ Statement }, 'key policy'),
          keyAccount: OWNER,
          identityPolicies: forIdentity ? named(read({ Statement: Own }, 'identity policy')) : [],
        });
      const { outcome, reason, decidedBy } = once([forKey], [forIdentity]);
      expect(once(forKey, forIdentity)).toMatchObject({ outcome, reason, decidedBy });
    },
  );

  test.prop([question, world], RUNS)(
    'one statement over many actions is many statements of one action',
    (asked, before) => {
      const split = (statement: Written): Written[] =>
        [statement['Action']].flat().map((Action) => ({ ...statement, Action }));
      const { outcome, reason, delegated } = decide(asked, before);
      const after = {
        key: before.key?.flatMap(split),
        identities: before.identities.map((list) => list.flatMap(split)),
      };
      expect(decide(asked, after)).toMatchObject({ outcome, reason, delegated });
    },
  );

  test.prop([question])('without policies nobody but the root user of an account gets anything', (asked) => {
    const decision = decide(asked, { key: undefined, identities: [] });
    expect(allows(decision)).toBe(asked.principal.kind === 'root');
  });

  test.prop([question, world], RUNS)('the trace alone gives the decision again', (asked, before) => {
    const decision = decide(asked, before);
    const { considered, request } = decision;
    const matched = considered.filter((trace) => trace.matched);
    const counts = (policyType: string) =>
      matched.filter((trace) => trace.effect === 'Allow' && trace.policyType === policyType);
    const foreign = isFromAnotherAccount(request);
    const isRoot = asked.principal.kind === 'root';
    const direct = counts('key policy').some(({ holds }) => !foreign && (holds !== 'account' || isRoot));
    const both = counts('key policy').length > 0 && (isRoot || counts('identity policy').length > 0);
    const alone = before.key === undefined && (isRoot || counts('identity policy').length > 0);
    const denied = matched.some((trace) => trace.effect === 'Deny') || (foreign && !asked.crossAccount);
    expect(allows(decision)).toBe(!denied && (direct || both || alone));
  });

  test.prop([question, world], RUNS)('what decided is a statement of that effect that matched', (asked, before) => {
    const { decidedBy, outcome, considered } = decide(asked, before);
    const found = considered.find(
      ({ policyType, policy, statement }) =>
        policyType === decidedBy?.policyType && policy === decidedBy.policy && statement === decidedBy.statement,
    );
    if (outcome === 'ImplicitDeny') expect(decidedBy).toBeUndefined();
    else if (decidedBy === undefined) expect(asked.principal.kind).toBe('root');
    else expect(found).toMatchObject({ matched: true, effect: outcome === 'Allow' ? 'Allow' : 'Deny' });
  });
});
