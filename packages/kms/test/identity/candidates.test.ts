// Who could have a say about a key.

import { expect, test } from 'vitest';
import { candidates } from '../../src/identity/candidates.ts';
import { administratorOf, everything, ours, policyText, TestEngine, theirs } from '../engine.ts';

function arnsOf(engine: TestEngine, arn: string): readonly string[] {
  const key = engine.kms.state.get('keys', arn) ?? expect.fail('no key');
  return candidates(engine.kms, key).map((principal) => principal.arn);
}

const rootOf = (account: string) => `arn:aws:iam::${account}:root`;
const third = '777788889999';

test('the users and roles of the world, the root users of their accounts', () => {
  const engine = new TestEngine();
  const { Arn } = engine.createKey();
  expect(arnsOf(engine, Arn)).toEqual([rootOf(ours), administratorOf(ours), administratorOf(theirs), rootOf(theirs)]);
});

test('whom the key policy names, by ARN, number or service, and whom it leaves out', () => {
  const engine = new TestEngine();
  const named = `arn:aws:iam::${third}:role/path/Named`;
  const session = `arn:aws:sts::${ours}:assumed-role/App/s`;
  const spared = `arn:aws:iam::${ours}:user/spared`;
  const Policy = policyText(
    { ...everything, Principal: { AWS: [administratorOf(ours), named, session, '222233334444'] } },
    { ...everything, Principal: { Service: 's3.amazonaws.com' } },
    { Effect: 'Deny', NotPrincipal: { AWS: [spared, administratorOf(ours)] }, Action: 'kms:Decrypt', Resource: '*' },
  );
  const { Arn } = engine.createKey({ Policy });
  const arns = arnsOf(engine, Arn);
  for (const arn of [named, session, spared, rootOf('222233334444'), rootOf(third), 's3.amazonaws.com'])
    expect(arns).toContain(arn);
  expect(arns).not.toContain('*');
  expect(new Set(arns).size).toBe(arns.length);
});

test('grantees, and the accounts of organizations', () => {
  const engine = new TestEngine();
  const controls = { serviceControls: [], resourceControls: [] };
  const root = { id: 'r-1', ...controls, units: [], accounts: [{ id: third, ...controls }] };
  engine.kms.organizations.put({ id: 'o-1', root });
  const grantee = `arn:aws:iam::${theirs}:role/Grantee`;
  const { Arn } = engine.createKey();
  const { GrantId = '' } = engine.call('CreateGrant', {
    KeyId: Arn,
    GranteePrincipal: grantee,
    Operations: ['Decrypt'],
  });
  expect(arnsOf(engine, Arn)).toEqual(expect.arrayContaining([grantee, rootOf(third)]));
  engine.call('RevokeGrant', { KeyId: Arn, GrantId });
  expect(arnsOf(engine, Arn)).not.toContain(grantee);
});

test('nobody of another partition', () => {
  const engine = new TestEngine();
  engine.attach(`arn:aws-cn:iam::${ours}:user/abroad`, everything);
  expect(arnsOf(engine, engine.createKey().Arn).filter((arn) => arn.includes('aws-cn'))).toEqual([]);
});

test('a session comes with the whole ARN of its role', () => {
  const engine = new TestEngine();
  engine.attach(`arn:aws:iam::${ours}:role/team/App`, everything);
  const session = `arn:aws:sts::${ours}:assumed-role/App/s`;
  const key = engine.createKey({
    Policy: policyText({ ...everything, Principal: { AWS: [administratorOf(ours), session] } }),
  });
  const found = candidates(engine.kms, engine.kms.state.get('keys', key.Arn) ?? expect.fail('no key'));
  expect(found.find(({ arn }) => arn === session)?.roleArn).toBe(`arn:aws:iam::${ours}:role/team/App`);
});
