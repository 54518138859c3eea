// Organizations as the engine keeps them: who is in one, what is attached to whom, what is refused.

import { describe, expect, test } from 'vitest';
import type { OrganizationPlan, UnitPlan } from '../../src/identity/organization-plan.ts';
import type { PolicyText } from '../../src/state/records.ts';
import { everything, ours, policyText, TestEngine, theirs } from '../engine.ts';

const full: PolicyText = { name: 'FullAWSAccess', text: policyText(everything) };
const rcp: PolicyText = {
  name: 'limits',
  text: policyText({ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }),
};
const broken: PolicyText = { name: 'broken', text: '{' };
const none = { serviceControls: [full], resourceControls: [] };

function plan(accounts: readonly string[], rest: Partial<UnitPlan> = {}, id = 'o-1'): OrganizationPlan {
  const root = {
    id: 'r-1',
    ...none,
    units: [],
    accounts: accounts.map((account) => ({ id: account, ...none })),
    ...rest,
  };
  return { id, root };
}

describe('organizations', () => {
  test('an account is where it was put last', () => {
    const { organizations } = new TestEngine().kms;
    expect(organizations.of(ours)).toBeUndefined();
    expect(organizations.put(plan([ours, theirs]))).toBeUndefined();
    expect(organizations.recordOf(ours)).toMatchObject({ organization: 'o-1', path: 'o-1/r-1/' });
    const unit = { id: 'ou-1', ...none, units: [], accounts: [{ id: ours, ...none }] };
    expect(organizations.put(plan([], { units: [unit] }))).toBeUndefined();
    expect(organizations.recordOf(ours)?.path).toBe('o-1/r-1/ou-1/');
    // Who is left out has left.
    expect(organizations.recordOf(theirs)).toBeUndefined();
  });

  test('policies are compiled, level by level', () => {
    const { organizations } = new TestEngine().kms;
    organizations.put(plan([ours], { resourceControls: [rcp] }));
    const member = organizations.of(ours);
    expect(member?.serviceControlPolicies?.map((level) => level.map(({ name }) => name))).toEqual([
      ['FullAWSAccess'],
      ['FullAWSAccess'],
    ]);
    expect(member?.resourceControlPolicies?.map(({ name, policy }) => [name, policy.denies.length])).toEqual([
      ['limits', 1],
    ]);
    expect(organizations.of(ours)).toBe(member);
  });

  test('nothing limits the management account, which is a member all the same', () => {
    const { organizations } = new TestEngine().kms;
    organizations.put({ ...plan([ours, theirs], { resourceControls: [rcp] }), managementAccount: ours });
    expect(organizations.of(ours)).toEqual({});
    expect(organizations.recordOf(ours)?.path).toBe('o-1/r-1/');
    expect(organizations.of(theirs)?.resourceControlPolicies).toHaveLength(1);
  });

  test.each<[string, OrganizationPlan, string, RegExp]>([
    [
      'at the root',
      plan([], { serviceControls: [broken] }),
      'policy',
      /^unit r-1: service control policy broken: Policy/,
    ],
    ['at the root', plan([], { resourceControls: [broken] }), 'policy', /^unit r-1: resource control policy broken: /],
    [
      'in a unit',
      plan([], { units: [{ id: 'ou-1', ...none, serviceControls: [broken], accounts: [], units: [] }] }),
      'policy',
      /^unit ou-1: service control policy broken/,
    ],
    [
      'at an account',
      plan([], { accounts: [{ id: ours, ...none, resourceControls: [broken] }] }),
      'policy',
      /^111122223333: resource control policy broken/,
    ],
    ['an account twice', plan([ours, ours]), 'account', /^Account 111122223333 stands in two places\.$/],
    ['of another organization', plan([theirs]), 'account', /^Account 444455556666 is in the organization o-other\.$/],
  ])('%s: refused, and nothing is changed', (_where, wrong, about, problem) => {
    const engine = new TestEngine();
    engine.kms.organizations.put(plan([theirs], {}, 'o-other'));
    const before = engine.everything();
    const fault = engine.kms.organizations.put(wrong);
    expect(fault?.about).toBe(about);
    expect(fault?.problem).toMatch(problem);
    expect(engine.everything()).toBe(before);
  });

  test('are in a snapshot', () => {
    const engine = new TestEngine();
    engine.kms.organizations.put(plan([ours], { resourceControls: [rcp] }));
    const again = new TestEngine({ snapshot: JSON.parse(JSON.stringify(engine.snapshot())) });
    expect(again.kms.organizations.recordOf(ours)).toEqual(engine.kms.organizations.recordOf(ours));
    expect(again.everything()).toBe(engine.everything());
  });
});
