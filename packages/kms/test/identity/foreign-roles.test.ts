// What STS tells of roles that are not the caller's: nothing, not even that they are there.

import { describe, expect, test } from 'vitest';
import { admin, caller, everything, ours, policyText, TestEngine, theirs } from '../engine.ts';

describe('of another account’s role nobody learns whether it is there', () => {
  const foreign = (name: string) => `arn:aws:iam::${theirs}:role/${name}`;
  const deny = (more: object = {}) => ({ Effect: 'Deny', Action: 'sts:*', Resource: '*', ...more }) as const;

  test.each([
    ['whose caller has no policy', [], ''],
    ['whose caller is denied it', [deny()], ' with an explicit deny in an identity-based policy'],
    [
      'whose caller is denied it by name',
      [deny({ Resource: foreign('*') })],
      ' with an explicit deny in an identity-based policy',
    ],
    ['whose tag is denied', [everything, deny({ Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } })], ''],
  ])('%s', (_what, statements, more) => {
    const engine = new TestEngine();
    const { sts } = engine.kms;
    const who = engine.attach(`arn:aws:iam::${ours}:user/u`, ...statements);
    const policies = [{ name: 'p', text: policyText(everything) }];
    const put = (name: string, trust: string) =>
      engine.kms.identities.put({ arn: foreign(name), policies, tags: [['a', 'b']], trust });
    put('Closed', policyText({ Effect: 'Allow', Principal: { AWS: theirs }, Action: 'sts:AssumeRole' }));
    put('Denies', policyText({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }));
    for (const name of ['Closed', 'Denies', 'Absent']) {
      const asked = { RoleSessionName: 'run-1', RoleArn: foreign(name), Tags: [{ Key: 'k', Value: 'v' }] };
      expect(sts.assumeRole(who, asked)).toMatchObject({
        code: 'AccessDenied',
        message: `User: ${who.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${foreign(name)}${more}`,
      });
    }
  });
});

describe('a role of another account', () => {
  const there = `arn:aws:iam::${theirs}:role/App`;
  const absent = `arn:aws:iam::${theirs}:role/Nobody`;
  const only = (Effect: 'Allow' | 'Deny', more: object = {}) => ({ Effect, Action: 'sts:*', Resource: '*', ...more });
  const onTags = { Condition: { StringEquals: { 'aws:ResourceTag/stage': 'prod' } } };
  const shut = policyText({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' });

  test.each([
    ['of an identity policy', [only('Deny')], undefined, ' with an explicit deny in an identity-based policy'],
    ['on the tags of the role', [only('Allow'), only('Deny', onTags)], undefined, ''],
    ['of its trust policy', [only('Allow')], shut, ''],
  ])('is not told from an absent one by a Deny %s', (_where, own, trust, more) => {
    const engine = new TestEngine();
    const user = caller(`arn:aws:iam::${ours}:user/u`);
    engine.attach(user.principal.arn, ...own);
    engine.kms.identities.put({ arn: there, policies: [], tags: [['stage', 'prod']], ...(trust && { trust }) });
    for (const RoleArn of [there, absent]) {
      expect(engine.kms.sts.assumeRole(user, { RoleArn, RoleSessionName: 'run-1' })).toMatchObject({
        code: 'AccessDenied',
        message: `User: ${user.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}${more}`,
      });
    }
  });

  test('is not told from an absent one by a resource control policy either', () => {
    const engine = new TestEngine();
    const trust = policyText({ Effect: 'Allow', Principal: { AWS: ours }, Action: 'sts:AssumeRole' });
    engine.kms.identities.put({ arn: there, policies: [], trust });
    const account = { id: theirs, serviceControls: [], resourceControls: [] };
    const controls = [
      { name: 'none', text: policyText({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }) },
    ];
    const root = { id: 'r-1', serviceControls: [], resourceControls: controls, units: [], accounts: [account] };
    expect(engine.kms.organizations.put({ id: 'o-1', root })).toBeUndefined();
    expect(engine.kms.sts.assumeRole(admin, { RoleArn: there, RoleSessionName: 'run-1' })).toMatchObject({
      message: `User: ${admin.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${there}`,
    });
  });
});

test('a role of another partition is for nobody of this one', () => {
  const engine = new TestEngine();
  const arn = `arn:aws:iam::${ours}:role/Open`;
  const trust = policyText({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' });
  engine.kms.identities.put({ arn, policies: [], trust });
  const asked = { RoleArn: arn, RoleSessionName: 'run-1' };
  expect(engine.kms.sts.assumeRole(admin, asked)).toMatchObject({ ok: true });
  const chinese = caller(`arn:aws-cn:iam::${ours}:user/u`, 'cn-north-1');
  expect(engine.kms.sts.assumeRole(chinese, asked)).toMatchObject({ code: 'AccessDenied' });
});
