// AWS Support gives a key its policy back only when nobody can.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key

import { describe, expect, test } from 'vitest';
import { admin, caller, delegatingTo, everything, ours, policyText, TestEngine, theirs } from '../engine.ts';

const gone = `arn:aws:iam::${ours}:role/Gone`;
const put = { Effect: 'Allow', Action: 'kms:PutKeyPolicy', Resource: '*' } as const;
const recordOf = (engine: TestEngine, arn: string) => engine.kms.state.get('keys', arn) ?? expect.fail('no key');

function locked(Policy: string) {
  const engine = new TestEngine();
  const { Arn } = engine.createKey({ Policy, BypassPolicyLockoutSafetyCheck: true });
  return { engine, Arn, restore: (policy?: string) => engine.kms.restoreKeyPolicy(recordOf(engine, Arn), policy) };
}

// It names a role that may read and no more.
const closed = policyText({ Effect: 'Allow', Principal: { AWS: gone }, Action: 'kms:DescribeKey', Resource: '*' });

describe('a key that nobody can manage', () => {
  test('gets the default policy, and its administrator back', () => {
    const { Arn, engine, restore } = locked(closed);
    expect(engine.refusal('GetKeyPolicy', { KeyId: Arn }).code).toBe('AccessDeniedException');
    expect(restore()).toBeUndefined();
    expect(JSON.parse(engine.call('GetKeyPolicy', { KeyId: Arn }).Policy ?? '')).toMatchObject({ Id: 'key-default-1' });
  });

  test('or the policy that is asked for', () => {
    const { Arn, engine, restore } = locked(closed);
    const policy = policyText({ ...everything, Principal: { AWS: admin.principal.arn } });
    expect(restore(policy)).toBeUndefined();
    expect(engine.call('GetKeyPolicy', { KeyId: Arn }).Policy).toBe(policy);
  });

  test('is locked out also where a Deny or a service control policy stands before its owner', () => {
    const denied = policyText(
      { ...everything, Principal: { AWS: admin.principal.arn } },
      { ...put, Effect: 'Deny', Principal: '*' },
    );
    expect(locked(denied).restore()).toBeUndefined();
    const { engine, restore } = locked(delegatingTo(ours));
    const controls = {
      serviceControls: [{ name: 'none', text: policyText({ ...put, Effect: 'Deny' }) }],
      resourceControls: [],
    };
    const root = { id: 'r-1', ...controls, units: [], accounts: [{ id: ours, ...controls }] };
    engine.kms.organizations.put({ id: 'o-1', root });
    expect(restore()).toBeUndefined();
  });

  test('is not helped by a service, which may not put a key policy', () => {
    const s3 = caller('s3.amazonaws.com');
    const policy = policyText({ ...everything, Principal: { Service: s3.principal.arn } });
    const { Arn: KeyId, engine, restore } = locked(policy);
    expect(engine.refusal('PutKeyPolicy', { KeyId, Policy: policy }, s3).code).toBe('AccessDeniedException');
    engine.call('DescribeKey', { KeyId }, s3);
    expect(restore()).toBeUndefined();
  });

  test('is not helped by another account, whose principals may not put a key policy', () => {
    expect(locked(delegatingTo(theirs)).restore()).toBeUndefined();
  });
});

describe('refused', () => {
  test.each([
    ['the root user can', delegatingTo(ours), `arn:aws:iam::${ours}:root`],
    ['a role that is named can', policyText({ ...put, Principal: { AWS: gone } }), gone],
  ])('while %s', (_who, policy, who) => {
    const { engine, restore } = locked(policy);
    const before = engine.everything();
    expect(restore()).toEqual({ why: 'not locked out', who });
    expect(engine.everything()).toBe(before);
  });

  test('while a user of the world can, whom the policy does not name', () => {
    const condition = { StringLike: { 'aws:PrincipalArn': '*:user/keeper' } };
    const { Arn, engine, restore } = locked(policyText({ ...put, Principal: '*', Condition: condition }));
    const user = `arn:aws:iam::${ours}:user/keeper`;
    engine.attach(user, everything);
    expect(restore()).toEqual({ why: 'not locked out', who: user });
    engine.call('PutKeyPolicy', { KeyId: Arn, Policy: delegatingTo(ours) }, caller(user));
  });

  test('for a policy that is none, and for a key that AWS manages', () => {
    const { Arn, engine, restore } = locked(closed);
    expect(restore('{')).toMatchObject({ why: 'invalid policy', problem: expect.stringMatching(/JSON/) });
    expect(recordOf(engine, Arn).policy).toBe(closed);
    const { KeyMetadata } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' });
    const managed = recordOf(engine, KeyMetadata?.Arn ?? '');
    expect(engine.kms.restoreKeyPolicy(managed)).toEqual({ why: 'managed by AWS' });
  });
});
