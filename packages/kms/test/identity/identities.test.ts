// Users and roles and their identity policies, as the engine keeps them.

import { describe, expect, test } from 'vitest';
import { caller, everything, ours, policyText, TestEngine } from '../engine.ts';

const { kms } = new TestEngine();
const allow = policyText(everything);
const names = (arn: string) => kms.identities.policiesOf(caller(arn).principal).map(({ name }) => name);

describe('identities', () => {
  test('have the policies they were given last, in that order', () => {
    const arn = `arn:aws:iam::${ours}:user/u`;
    const give = (...policies: string[]) =>
      kms.identities.put({ arn, policies: policies.map((name) => ({ name, text: allow })) });
    expect(names(arn)).toEqual([]);
    give('b', 'a');
    expect(names(arn)).toEqual(['b', 'a']);
    give('c');
    expect(names(arn)).toEqual(['c']);
    give();
    expect(names(arn)).toEqual([]);
  });

  test('a policy that is wrong is refused by name, and the ones before stay', () => {
    const arn = `arn:aws:iam::${ours}:user/v`;
    kms.identities.put({ arn, policies: [{ name: 'good', text: allow }] });
    expect(kms.identities.put({ arn, policies: [{ name: 'bad', text: '{' }] })).toMatch(/^policy bad: Policy /);
    expect(names(arn)).toEqual(['good']);
  });

  test('a user is its whole ARN, a role its name in the account', () => {
    kms.identities.put({ arn: `arn:aws:iam::${ours}:user/x/w`, policies: [{ name: 'p', text: allow }] });
    kms.identities.put({ arn: `arn:aws:iam::${ours}:role/x/y/r`, policies: [{ name: 'p', text: allow }] });
    expect(names(`arn:aws:iam::${ours}:user/w`)).toEqual([]);
    expect(names(`arn:aws:iam::${ours}:user/x/w`)).toEqual(['p']);
    expect(names(`arn:aws:sts::${ours}:assumed-role/r/s`)).toEqual(['p']);
    expect(names(`arn:aws:iam::${ours}:role/x/y/r`)).toEqual(['p']);
    expect(names(`arn:aws:sts::${ours}:assumed-role/y/s`)).toEqual([]);
    expect(names(`arn:aws:iam::${ours}:user/r`)).toEqual([]);
  });

  test('a user whose path reads like a role is still its whole ARN', () => {
    kms.identities.put({ arn: `arn:aws:iam::${ours}:user/p:role/q/bob`, policies: [{ name: 'p', text: allow }] });
    expect(names(`arn:aws:iam::${ours}:user/p:role/z/bob`)).toEqual([]);
    expect(names(`arn:aws:iam::${ours}:user/p:role/q/bob`)).toEqual(['p']);
  });

  test('the root user and services have none', () => {
    expect(names(`arn:aws:iam::${ours}:root`)).toEqual([]);
    expect(names('s3.amazonaws.com')).toEqual([]);
  });

  test('a boundary and a trust policy that are wrong are refused by their place', () => {
    const arn = `arn:aws:iam::${ours}:role/limited`;
    const record = { arn, policies: [{ name: 'good', text: allow }] };
    expect(kms.identities.put({ ...record, boundary: '{' })).toMatch(/^permissions boundary boundary: Policy /);
    expect(kms.identities.put({ ...record, trust: '{' })).toMatch(/^trust policy: Policy /);
    expect(names(arn)).toEqual([]);
  });

  test('a boundary is one policy, compiled once', () => {
    const arn = `arn:aws:iam::${ours}:role/limited`;
    kms.identities.put({ arn, policies: [], boundary: allow });
    const { principal } = caller(`arn:aws:sts::${ours}:assumed-role/limited/s`);
    expect(kms.identities.of(principal).boundary?.policy.allows).toHaveLength(1);
    expect(kms.identities.of(principal)).toBe(kms.identities.of(caller(arn).principal));
  });

  test('a session learns the path of its role; others are whole already', () => {
    const arn = `arn:aws:iam::${ours}:role/deep/path/known`;
    kms.identities.put({ arn, policies: [] });
    const of = (name: string) => kms.identities.complete(caller(name).principal);
    expect(of(`arn:aws:sts::${ours}:assumed-role/known/s`).roleArn).toBe(arn);
    expect(of(`arn:aws:sts::${ours}:assumed-role/unknown/s`).roleArn).toBe(`arn:aws:iam::${ours}:role/unknown`);
    expect(of(arn)).not.toHaveProperty('roleArn');
  });

  test('are in a snapshot with all that is attached to them', () => {
    const engine = new TestEngine();
    const arn = `arn:aws:iam::${ours}:role/whole`;
    const trust = policyText({ Effect: 'Allow', Principal: { AWS: ours }, Action: 'sts:AssumeRole' });
    const record = { arn, policies: [{ name: 'p', text: allow }], boundary: allow, tags: [['k', 'v']] as const, trust };
    engine.kms.identities.put(record);
    const again = new TestEngine({ snapshot: JSON.parse(JSON.stringify(engine.snapshot())) });
    expect(again.kms.identities.recordOf(caller(arn).principal)).toEqual(record);
    expect(again.kms.identities.of(caller(arn).principal).boundary?.name).toBe('boundary');
  });
});
