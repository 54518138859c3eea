// That nothing written in a policy, and no number of grants, makes a decision slow. The limits are several times what
// these take on an idle machine, and far below what a slow way would take.

import { describe, expect, test } from 'vitest';
import { authorize } from '../src/authorize.ts';
import { contextOf } from '../src/context.ts';
import { GrantIndex } from '../src/grant-index.ts';
import type { AuthorizationRequest } from '../src/request.ts';
import { identityPolicy, KEY, keyPolicy, named, OWNER, principal, rootOf, user } from './sample.ts';

/** Milliseconds of the quickest of some runs: whatever else the machine does only adds. */
function quickest(run: () => unknown, runs = 15): number {
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < runs; count++) {
    const began = performance.now();
    run();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

// The b comes where no pattern below can use it, so that looking for one finds it.
const LONGEST = `${'a'.repeat(2000)}b${'a'.repeat(6191)}`;
const request = (over: Partial<AuthorizationRequest>): AuthorizationRequest => ({
  principal: principal(user('Alice')),
  action: 'kms:Decrypt',
  resource: KEY,
  keyAccount: OWNER,
  identityPolicies: [],
  context: contextOf([['kms:EncryptionContext:a', LONGEST]]),
  ...over,
});

describe('a key policy of 32 KiB', () => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
  const times = (text: string, count: number): readonly string[] => Array.from({ length: count }, () => text);
  const inCondition = (...written: readonly string[]) => ({
    ...statement,
    Condition: { StringLike: { 'kms:EncryptionContext:a': written } },
  });
  const inResource = (...Resource: readonly string[]) => ({ ...statement, Resource });

  test.each([
    ['a*a*a*...b in an action', { ...statement, Action: `${'a*'.repeat(16_000)}b` }],
    ['a*a*a*...b in a resource', inResource(`${'a*'.repeat(16_000)}b`)],
    ['*:*:*:*...x in many resources', inResource(...times(`${'*:'.repeat(30)}*x`, 400))],
    ['*?1?2?...? in many resources', inResource(...times(`*${'?1'.repeat(20)}*-*`, 600))],
    ['a*a*a*...b in a value', inCondition(`${'a*'.repeat(16_000)}b`)],
    ['*aaaa...b* in values', inCondition(...times(`*${'a'.repeat(4000)}b*`, 8))],
    ['*a?a?a?...b* in a value', inCondition(`*${'a?'.repeat(4000)}b*`)],
    ['*????...b* in values', inCondition(...times(`*${'?'.repeat(2001)}b*`, 15))],
    ['*a????...b* in values', inCondition(...times(`*a${'?'.repeat(3000)}b*`, 3))],
    ['many variables', inResource(`${'${aws:username}*'.repeat(2000)}b`)],
  ])('with %s answers within 25 ms', (_shape, written) => {
    const policy = keyPolicy(written);
    expect(policy.text.length).toBeGreaterThan(7_000);
    expect(quickest(() => authorize(request({ keyPolicy: policy })))).toBeLessThan(25);
    expect(authorize(request({ keyPolicy: policy })).outcome).toBe('ImplicitDeny');
  });
});

describe('many grants', () => {
  const grant = (number: number, grantee: string) => ({
    id: `g${number}`,
    grantee,
    operations: ['Decrypt', 'Encrypt'],
    constraints: { encryptionContextSubset: [['n', String(number)] as const] },
  });
  const grants = (count: number, grantee: (number: number) => string): GrantIndex =>
    new GrantIndex(Array.from({ length: count }, (_, number) => grant(number, grantee(number))));
  const policy = keyPolicy({ Effect: 'Allow', Principal: { AWS: rootOf(OWNER) }, Action: 'kms:*', Resource: '*' });
  const identityPolicies = named(identityPolicy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }));
  const thousand = (asked: AuthorizationRequest) => () => {
    for (let count = 0; count < 1000; count++) authorize(asked);
  };

  test('to others cost a call nothing', () => {
    const asked = request({ keyPolicy: policy, identityPolicies });
    const few = quickest(thousand({ ...asked, grants: grants(10, (number) => user(`U${number}`)) }));
    const many = quickest(thousand({ ...asked, grants: grants(50_000, (number) => user(`U${number}`)) }));
    expect(many).toBeLessThan(few * 8 + 5);
  });

  test('to the caller, each for an encryption context of its own, cost it little', () => {
    const context = contextOf([
      ['kms:EncryptionContext:N', '999'],
      ['kms:EncryptionContextKeys', ['N']],
    ]);
    const asked = request({ keyPolicy: policy, context, grants: grants(1000, () => user('Alice')) });
    expect(authorize(asked).decidedBy).toMatchObject({ policyType: 'grant', policy: 'g999' });
    expect(quickest(thousand(asked))).toBeLessThan(300);
  });
});
