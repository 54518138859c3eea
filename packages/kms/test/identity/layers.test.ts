// Each layer around a decision, as a call meets it: what it lets pass, what it keeps back, whom it does not reach.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

import { describe, expect, test } from 'vitest';
import type { OrganizationPlan } from '../../src/identity/organization-plan.ts';
import type { Session } from '../../src/identity/session.ts';
import type { Caller } from '../../src/operation.ts';
import {
  admin,
  caller,
  delegatingTo,
  everything,
  ours,
  policyText,
  type StatementText,
  stranger,
  TestEngine,
  theirs,
} from '../engine.ts';

const role = `arn:aws:iam::${ours}:role/App`;
const only = (Action: string): StatementText => ({ Effect: 'Allow', Action, Resource: '*' });
const not = (Action: string): StatementText => ({ Effect: 'Deny', Action, Resource: '*' });
const toAll = (statement: StatementText): StatementText => ({ ...statement, Principal: '*' });

function outcome(engine: TestEngine, by: Caller, KeyId: string, operation: 'DescribeKey' | 'EnableKey'): string {
  try {
    engine.call(operation, { KeyId }, by);
    return 'allowed';
  } catch {
    return engine.error(operation, { KeyId }, by).decision?.reason ?? 'no decision';
  }
}

describe('a permissions boundary', () => {
  const boundary = policyText(only('kms:DescribeKey'));

  test('keeps back what the identity policies would give, and gives nothing', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.kms.identities.put({ arn: role, policies: [{ name: 'p', text: policyText(everything) }], boundary });
    expect(outcome(engine, caller(role), KeyId, 'DescribeKey')).toBe('allowed');
    expect(outcome(engine, caller(role), KeyId, 'EnableKey')).toBe('no permissions boundary allows it');
    engine.kms.identities.put({ arn: role, policies: [], boundary });
    expect(outcome(engine, caller(role), KeyId, 'DescribeKey')).toBe('no identity policy statement allows it');
  });

  test('is the role’s for its sessions too', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.kms.identities.put({ arn: role, policies: [{ name: 'p', text: policyText(everything) }], boundary });
    const session = caller(`arn:aws:sts::${ours}:assumed-role/App/s`);
    expect(outcome(engine, session, KeyId, 'EnableKey')).toBe('no permissions boundary allows it');
  });

  test('keeps back what a key policy gives a role by name, and not what it gives a user', () => {
    const engine = new TestEngine();
    const user = `arn:aws:iam::${ours}:user/u`;
    const Policy = policyText(
      { ...everything, Principal: { AWS: admin.principal.arn } },
      { ...everything, Principal: { AWS: [role, user] } },
    );
    const { KeyId } = engine.createKey({ Policy });
    for (const arn of [role, user]) engine.kms.identities.put({ arn, policies: [], boundary });
    expect(outcome(engine, caller(role), KeyId, 'EnableKey')).toBe('no permissions boundary allows it');
    expect(outcome(engine, caller(user), KeyId, 'EnableKey')).toBe('allowed');
  });
});

describe('session policies', () => {
  function sessionOf(engine: TestEngine, ...statements: readonly StatementText[]): Caller {
    const texts = statements.map((one, at) => ({ name: String(at), text: policyText(one) }));
    const session: Session = { policies: engine.kms.policies.named(texts, 'session policy') };
    return { ...caller(`arn:aws:sts::${ours}:assumed-role/App/s`), session };
  }

  test('narrow a session to what one of them allows', () => {
    const engine = new TestEngine();
    engine.attach(role, everything);
    const { KeyId } = engine.createKey();
    expect(outcome(engine, sessionOf(engine, only('kms:DescribeKey')), KeyId, 'DescribeKey')).toBe('allowed');
    const narrow = sessionOf(engine, only('kms:DescribeKey'));
    expect(outcome(engine, narrow, KeyId, 'EnableKey')).toBe('no session policy allows it');
    expect(outcome(engine, sessionOf(engine, only('kms:D*'), only('kms:E*')), KeyId, 'EnableKey')).toBe('allowed');
    expect(outcome(engine, sessionOf(engine, everything, not('kms:E*')), KeyId, 'EnableKey')).toBe('explicit deny');
    expect(outcome(engine, sessionOf(engine), KeyId, 'EnableKey')).toBe('allowed');
  });

  test('give nothing that the role has not', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(outcome(engine, sessionOf(engine, everything), KeyId, 'DescribeKey')).toBe(
      'no identity policy statement allows it',
    );
  });
});

describe('an organization', () => {
  const text = (name: string, ...statements: readonly StatementText[]) => ({ name, text: policyText(...statements) });
  const full = text('FullAWSAccess', everything);

  function organized(scp: StatementText[], rcp: StatementText[], managementAccount?: string): TestEngine {
    const engine = new TestEngine();
    const resourceControls = rcp.length === 0 ? [] : [text('rcp', ...rcp)];
    const plain = { serviceControls: [full], resourceControls: [] };
    const plan: OrganizationPlan = {
      id: 'o-1',
      managementAccount,
      root: {
        id: 'r-1',
        serviceControls: [full],
        resourceControls,
        units: [],
        accounts: [{ id: ours, ...plain, serviceControls: [scp.length === 0 ? full : text('scp', ...scp)] }],
      },
    };
    expect(engine.kms.organizations.put(plan)).toBeUndefined();
    return engine;
  }

  test('service control policies limit everybody in the account, its root user too', () => {
    const engine = organized([everything, not('kms:EnableKey')], []);
    const { KeyId } = engine.createKey();
    const root = caller(`arn:aws:iam::${ours}:root`);
    for (const who of [admin, root]) {
      expect(outcome(engine, who, KeyId, 'DescribeKey')).toBe('allowed');
      expect(outcome(engine, who, KeyId, 'EnableKey')).toBe('explicit deny');
    }
  });

  test('what a level does not allow is refused', () => {
    const engine = organized([only('kms:D*'), only('kms:CreateKey')], []);
    const { KeyId } = engine.createKey();
    expect(outcome(engine, admin, KeyId, 'DescribeKey')).toBe('allowed');
    expect(outcome(engine, admin, KeyId, 'EnableKey')).toBe('no service control policy allows it');
  });

  test('service control policies are asked where no key is', () => {
    const engine = organized([everything, not('kms:ListKeys')], []);
    expect(engine.error('ListKeys', {}).decision?.decidedBy?.policyType).toBe('service control policy');
  });

  test('service control policies are the caller’s account’s, resource control policies the key’s', () => {
    const deny = not('kms:DescribeKey');
    const Policy = delegatingTo(ours, theirs);
    const limited = organized([everything, deny], []);
    expect(outcome(limited, stranger, limited.createKey({ Policy }).Arn, 'DescribeKey')).toBe('allowed');
    const guarded = organized([], [toAll(deny)]);
    expect(outcome(guarded, stranger, guarded.createKey({ Policy }).Arn, 'DescribeKey')).toBe('explicit deny');
    const foreign = guarded.createKey({ Policy }, stranger);
    expect(outcome(guarded, admin, foreign.Arn, 'DescribeKey')).toBe('allowed');
  });

  test('resource control policies do not reach the keys that AWS manages', () => {
    const engine = organized([], [toAll(not('kms:*'))]);
    expect(outcome(engine, admin, 'alias/aws/s3', 'DescribeKey')).toBe('allowed');
  });

  test('nothing limits the management account', () => {
    const engine = organized([not('kms:EnableKey')], [toAll(not('kms:EnableKey'))], ours);
    expect(outcome(engine, admin, engine.createKey().KeyId ?? '', 'EnableKey')).toBe('allowed');
  });

  test('service-linked roles are beyond it', () => {
    const engine = organized([not('kms:EnableKey')], []);
    const linked = `arn:aws:iam::${ours}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
    const { KeyId } = organizedKey(engine);
    engine.attach(linked, everything);
    expect(outcome(engine, caller(linked), KeyId, 'EnableKey')).toBe('allowed');
    const session = caller(`arn:aws:sts::${ours}:assumed-role/AWSServiceRoleForAutoScaling/s`);
    const complete = { ...session, principal: engine.kms.identities.complete(session.principal) };
    expect(outcome(engine, complete, KeyId, 'EnableKey')).toBe('allowed');
  });

  // The caller may do nothing but create: the policy of the level denies EnableKey and allows nothing.
  function organizedKey(engine: TestEngine): { readonly KeyId: string } {
    const creator = `arn:aws:iam::${ours}:role/aws-service-role/x/Creator`;
    return { KeyId: engine.createKey({}, engine.attach(creator, everything)).KeyId ?? '' };
  }
});

describe('a VPC endpoint', () => {
  const through = (by: Caller, rest: Partial<Caller> = {}): Caller => ({ ...by, endpoint: 'vpce-1', ...rest });

  test('lets through what its policy allows, for those it names', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const policy = policyText({ ...only('kms:DescribeKey'), Principal: { AWS: `arn:aws:iam::${ours}:root` } });
    engine.kms.endpoints.put({ id: 'vpce-1', vpc: 'vpc-1', account: ours, policy });
    expect(outcome(engine, through(admin), KeyId, 'DescribeKey')).toBe('allowed');
    expect(outcome(engine, through(admin), KeyId, 'EnableKey')).toBe('no VPC endpoint policy allows it');
    expect(outcome(engine, admin, KeyId, 'EnableKey')).toBe('allowed');
    // A service does not come this way.
    const via = through(admin, { via: { service: 's3.us-east-1.amazonaws.com' } });
    expect(outcome(engine, via, KeyId, 'EnableKey')).toBe('allowed');
  });

  test('without a policy keeps nothing back', () => {
    const engine = new TestEngine();
    engine.kms.endpoints.put({ id: 'vpce-1', vpc: 'vpc-1', account: ours });
    expect(outcome(engine, through(admin), engine.createKey().KeyId ?? '', 'EnableKey')).toBe('allowed');
  });
});

test('a caller with nothing around has no layer but its own policies', () => {
  const engine = new TestEngine();
  const { decision } = engine.error('DescribeKey', { KeyId: engine.createKey().Arn }, caller(role));
  expect(decision?.request).toMatchObject({
    identityPolicies: [],
    boundary: undefined,
    sessionPolicies: undefined,
    serviceControlPolicies: undefined,
    resourceControlPolicies: undefined,
    endpointPolicy: undefined,
  });
});
