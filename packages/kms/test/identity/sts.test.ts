// STS: who is asking, and temporary credentials for a role.

import { describe, expect, test } from 'vitest';
import type { AssumeRoleInput } from '../../src/identity/assume-role-input.ts';
import type { Caller } from '../../src/operation.ts';
import { admin, caller, everything, ours, policyText, stranger, TestEngine, theirs } from '../engine.ts';

const role = `arn:aws:iam::${ours}:role/team/App`;
const input: AssumeRoleInput = { RoleArn: role, RoleSessionName: 'run-1' };
const start = Date.UTC(2026, 0, 1);
const denied = (who: Caller, more = '', action = 'AssumeRole') =>
  `User: ${who.principal.arn} is not authorized to perform: sts:${action} on resource: ${role}${more}`;

function engineWith(trust?: string) {
  const engine = new TestEngine();
  const policies = [{ name: 'p', text: policyText(everything) }];
  expect(engine.kms.identities.put({ arn: role, policies, ...(trust !== undefined && { trust }) })).toBeUndefined();
  return { engine, sts: engine.kms.sts };
}

function begun(engine: TestEngine, more: Partial<AssumeRoleInput> = {}, by: Caller = admin) {
  const assumed = engine.kms.sts.assumeRole(by, { ...input, ...more });
  if (!assumed.ok) return expect.fail(assumed.message);
  const credential = engine.kms.sts.credential(assumed.output.Credentials.AccessKeyId) ?? expect.fail('no credential');
  const { principal, session } = credential;
  return { ...assumed.output, credential, caller: { principal, session, region: 'us-east-1' } };
}

describe('GetCallerIdentity', () => {
  test.each([
    [admin, /^AIDA/],
    [caller(`arn:aws:iam::${ours}:root`), /^111122223333$/],
    [caller(`arn:aws:sts::${ours}:assumed-role/App/s`), /^AROA.*:s$/],
  ])('%o', (who, id) => {
    const { Account, Arn, UserId } = engineWith().sts.getCallerIdentity(who);
    expect([Arn, Account]).toEqual([who.principal.arn, ours]);
    expect(UserId).toMatch(id);
  });
});

describe('AssumeRole', () => {
  test('gives credentials for a session of the role, for an hour of the world’s clock', () => {
    const { engine, sts } = engineWith();
    const { AssumedRoleUser, Credentials, credential, ...rest } = begun(engine);
    const { Arn, AssumedRoleId } = AssumedRoleUser;
    expect(Arn).toBe(`arn:aws:sts::${ours}:assumed-role/App/run-1`);
    expect(AssumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:run-1$/);
    expect(Credentials.Expiration).toBe(start + 3_600_000);
    expect(rest).not.toHaveProperty('PackedPolicySize');
    expect(credential).toMatchObject({ principal: { arn: Arn, roleArn: role }, session: { issuedAt: start } });
    engine.wait(3_599_999);
    expect(sts.isExpired(credential)).toBe(false);
    engine.wait(1);
    expect(sts.isExpired(credential)).toBe(true);
  });

  test('the session has what the role has, as far as its policy lets it', () => {
    const { engine } = engineWith();
    const { KeyId } = engine.createKey();
    engine.call('EnableKey', { KeyId }, begun(engine).caller);
    const Policy = policyText({ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' });
    const narrow = begun(engine, { Policy });
    expect(narrow.PackedPolicySize).toBeGreaterThan(0);
    engine.call('DescribeKey', { KeyId }, narrow.caller);
    expect(engine.refusal('EnableKey', { KeyId }, narrow.caller).message).toMatch(/because no session policy allows/);
  });

  test('tags and the source identity stay with the session, the identity also with the next one', () => {
    const { engine } = engineWith();
    const first = begun(engine, { SourceIdentity: 'Ann', Tags: [{ Key: 'team', Value: 'a' }] });
    expect(first.SourceIdentity).toBe('Ann');
    expect(first.credential.session).toMatchObject({ sourceIdentity: 'Ann', tags: [['team', 'a']] });
    const next = begun(engine, { RoleSessionName: 'run-2' }, first.caller);
    expect(next.credential.session).toMatchObject({ sourceIdentity: 'Ann', tags: [] });
  });

  test('the same world gives the same credentials, and no two the same', () => {
    const [one, two] = [engineWith(), engineWith()].map(({ engine }) =>
      [begun(engine), begun(engine)].map(({ Credentials }) => Credentials),
    );
    expect(one).toEqual(two);
    expect(one?.[0]?.AccessKeyId).not.toBe(one?.[1]?.AccessKeyId);
    expect(one?.[0]?.SessionToken).not.toBe(one?.[1]?.SessionToken);
  });

  test('what stands for another session is other credentials, also where a world takes the same turn again', () => {
    const other = `arn:aws:iam::${ours}:role/Other`;
    const asked: Partial<AssumeRoleInput>[] = [
      {},
      { RoleArn: other },
      { RoleSessionName: 'run-2' },
      { DurationSeconds: 900 },
      { Policy: policyText(everything) },
      { SourceIdentity: 'Ann' },
      { Tags: [{ Key: 'k', Value: 'v' }] },
    ];
    const credentials = asked.map((more) => {
      const { engine } = engineWith();
      engine.attach(other);
      return begun(engine, more).Credentials;
    });
    for (const part of ['AccessKeyId', 'SecretAccessKey', 'SessionToken'] as const)
      expect(new Set(credentials.map((one) => one[part])).size).toBe(asked.length);
  });

  test('leaves nothing behind in a snapshot but its turn in a stream', () => {
    const { engine } = engineWith();
    const before = engine.everything();
    const { Credentials } = begun(engine);
    expect(engine.everything()).toBe(before);
    const again = new TestEngine({ snapshot: JSON.parse(JSON.stringify(engine.snapshot())) });
    expect(again.kms.sts.credential(Credentials.AccessKeyId)).toBeUndefined();
    expect(begun(again).Credentials.AccessKeyId).not.toBe(Credentials.AccessKeyId);
  });
});

test('a session has the name of its role, whatever the path of the role reads like', () => {
  const { engine, sts } = engineWith();
  const RoleArn = `arn:aws:iam::${ours}:role/x:role/App`;
  engine.attach(RoleArn);
  expect(sts.assumeRole(admin, { ...input, RoleArn })).toMatchObject({
    output: { AssumedRoleUser: { Arn: `arn:aws:sts::${ours}:assumed-role/App/run-1` } },
  });
});

describe('AssumeRole refuses', () => {
  const trust = (Effect: 'Allow' | 'Deny', AWS: string, Action = 'sts:AssumeRole') =>
    policyText({ Effect, Principal: { AWS }, Action });

  test.each<[string, string | undefined, Caller, Partial<AssumeRoleInput>, string, string]>([
    ['a stranger', undefined, stranger, {}, 'AccessDenied', denied(stranger)],
    [
      'one whom the role denies',
      trust('Deny', '*'),
      admin,
      {},
      'AccessDenied',
      denied(admin, ' with an explicit deny in a resource-based policy'),
    ],
    [
      'one who may not tag',
      trust('Allow', ours),
      admin,
      { Tags: [{ Key: 'k', Value: 'v' }] },
      'AccessDenied',
      denied(admin, '', 'TagSession'),
    ],
    [
      'one who may not name a source',
      trust('Allow', ours),
      admin,
      { SourceIdentity: 'Ann' },
      'AccessDenied',
      denied(admin, '', 'SetSourceIdentity'),
    ],
    [
      'a root user',
      undefined,
      caller(`arn:aws:iam::${ours}:root`),
      {},
      'AccessDenied',
      'Roles may not be assumed by root accounts.',
    ],
    [
      'what is malformed',
      undefined,
      admin,
      { RoleSessionName: '' },
      'ValidationError',
      "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'what is no policy',
      undefined,
      admin,
      { Policy: '{' },
      'MalformedPolicyDocument',
      'session policy session: Policy is not valid JSON.',
    ],
    [
      'what is not built',
      undefined,
      admin,
      { others: ['TokenCode'] },
      'NotImplemented',
      'kmsim does not simulate TokenCode of AssumeRole yet.',
    ],
    [
      'a session that asks for more than an hour',
      undefined,
      caller(`arn:aws:sts::${ours}:assumed-role/App/s`),
      { DurationSeconds: 3_601 },
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    ],
  ])('%s', (_who, policy, by, more, code, message) => {
    const { engine, sts } = engineWith(policy);
    const before = JSON.stringify(engine.snapshot());
    expect(sts.assumeRole(by, { ...input, ...more })).toEqual({ ok: false, code, message });
    expect(JSON.stringify(engine.snapshot())).toBe(before);
  });

  test.each([
    ['that is not there', `arn:aws:iam::${theirs}:role/team/App`],
    ['that is named without its path', `arn:aws:iam::${ours}:role/App`],
    ['that is a user', admin.principal.arn],
    ['that is no ARN', 'no ARN, but long enough'],
  ])('a role %s', (_what, RoleArn) => {
    expect(engineWith().sts.assumeRole(admin, { ...input, RoleArn })).toMatchObject({
      code: 'AccessDenied',
      message: `User: ${admin.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
  });
});

describe('the source identity of a session', () => {
  function chained(engine: TestEngine, RoleArn: string, more: Partial<AssumeRoleInput> = {}) {
    const ann = begun(engine, { SourceIdentity: 'Ann' }).caller;
    return engine.kms.sts.assumeRole(ann, { RoleArn, RoleSessionName: 'run-2', ...more });
  }

  test('cannot become another one', () => {
    const { engine } = engineWith();
    expect(chained(engine, role, { SourceIdentity: 'Ann' })).toMatchObject({ ok: true });
    expect(chained(engine, role, { SourceIdentity: 'Mallory' })).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(/assumed-role\/App\/run-1 is not authorized to perform: sts:SetSourceIdentity on/),
    });
  });

  test('goes along only where the next role lets it', () => {
    const { engine } = engineWith();
    const next = `arn:aws:iam::${ours}:role/Next`;
    const trust = policyText({ Effect: 'Allow', Principal: { AWS: ours }, Action: 'sts:AssumeRole' });
    engine.kms.identities.put({ arn: next, policies: [], trust });
    expect(engine.kms.sts.assumeRole(admin, { RoleArn: next, RoleSessionName: 'run-2' })).toMatchObject({ ok: true });
    expect(chained(engine, next)).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('is not authorized to perform: sts:SetSourceIdentity on resource'),
    });
  });
});
