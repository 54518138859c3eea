// Statements, one at a time.

import { describe, expect, test } from 'vitest';
import { compileStatement, covers, type PolicyType, type PolicyVersion, type Statement } from '../src/statement.ts';
import { KEY, OWNER, rootOf, user, type Written } from './sample.ts';

function compile(written: Written, policyType: PolicyType = 'key policy', version: PolicyVersion = '2012-10-17') {
  return compileStatement(new Map(Object.entries(written)), 3, policyType, version);
}

function statement(written: Written, policyType?: PolicyType, version?: PolicyVersion): Statement {
  const compiled = compile(written, policyType, version);
  if (!compiled.ok) throw new Error(compiled.problem);
  return compiled.statement;
}

const ALLOW = { Effect: 'Allow', Principal: { AWS: rootOf(OWNER) }, Action: 'kms:Decrypt', Resource: '*' };
const IDENTITY_ALLOW = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY };

describe('a statement', () => {
  test('keeps its place, its name and its effect', () => {
    expect(statement({ ...ALLOW, Sid: 'Enable IAM User Permissions' })).toMatchObject({
      index: 3,
      sid: 'Enable IAM User Permissions',
      effect: 'Allow',
      notEvaluated: [],
    });
    expect(statement(ALLOW).sid).toBeUndefined();
  });

  test('covers an action on a resource when both match', () => {
    const reads = statement({ ...IDENTITY_ALLOW, Action: ['kms:Describe*', 'kms:decrypt'] }, 'identity policy');
    expect(covers(reads, 'kms:Decrypt', KEY)).toBe(true);
    expect(covers(reads, 'kms:Encrypt', KEY)).toBe(false);
    expect(covers(reads, 'kms:Decrypt', '*')).toBe(false);
  });

  test.each([[{ Action: undefined }], [{ Resource: undefined }], [{ Action: [] }], [{ Resource: [] }]])(
    'of a key policy is accepted and inert with %j',
    (missing) => {
      const written = Object.entries({ ...ALLOW, ...missing }).filter(([, value]) => value !== undefined);
      const inert = statement(Object.fromEntries(written));
      expect(covers(inert, 'kms:Decrypt', KEY)).toBe(false);
      expect(covers(inert, '', '')).toBe(false);
    },
  );

  test.each([
    [{ Action: undefined }, 'Policy statement must contain actions.'],
    [{ Action: [] }, 'Policy statement must contain actions.'],
    [{ Resource: undefined }, 'Policy statement must contain resources.'],
    [{ Principal: '*' }, 'Policy document should not specify a principal.'],
    [{ NotPrincipal: '*' }, 'Policy document should not specify a principal.'],
  ])('of an identity policy is refused with %j', (change, problem) => {
    const written = Object.entries({ ...IDENTITY_ALLOW, ...change }).filter(([, value]) => value !== undefined);
    expect(compile(Object.fromEntries(written), 'identity policy')).toEqual({ ok: false, problem });
  });

  test.each([
    [{ Effect: 'allow' }, 'Policy statement 3: Effect is neither Allow nor Deny.'],
    [{ Effect: undefined }, 'Policy statement 3: Effect is neither Allow nor Deny.'],
    [{ Sid: 1 }, 'Policy statement 3: Sid is not a string.'],
    [{ Action: 1 }, 'Policy statement 3: Action is neither a string nor a list of strings.'],
    [{ Action: ['kms:*', null] }, 'Policy statement 3: Action is neither a string nor a list of strings.'],
    [{ Resource: {} }, 'Policy statement 3: Resource is neither a string nor a list of strings.'],
    [{ Principal: 'nobody' }, 'Policy contains a statement with one or more invalid principals.'],
  ])('is refused with %j', (change, problem) => {
    expect(compile({ ...ALLOW, ...change })).toEqual({ ok: false, problem });
  });

  test.each([
    [{ Condition: {} }, ['Condition']],
    [{ Note: 'x', Condition: {} }, ['Note', 'Condition']],
    [{ NotAction: 'kms:Encrypt' }, ['NotAction']],
    [{ Principal: { Service: 'ec2.amazonaws.com' } }, ['Principal.Service']],
    [{ Principal: { AWS: user('Alice'), Federated: 'x' } }, ['Principal.Federated']],
    [{ Resource: ['*', 'arn:aws:kms:*:*:alias/${aws:username}'] }, ['policy variables in Resource']],
  ])('with %j says what is not evaluated', (change, expected) => {
    expect(statement({ ...ALLOW, ...change }).notEvaluated).toEqual(expected);
  });

  test('counts what a Not-element replaces as matching, so that a Deny fails closed', () => {
    const { Action: _action, ...withoutAction } = ALLOW;
    expect(covers(statement({ ...withoutAction, NotAction: 'kms:Decrypt' }), 'kms:Decrypt', KEY)).toBe(true);
    const { Resource: _resource, ...withoutResource } = ALLOW;
    expect(covers(statement({ ...withoutResource, NotResource: KEY }), 'kms:Decrypt', KEY)).toBe(true);
    expect(covers(statement({ ...withoutResource, NotResource: KEY }), 'kms:Encrypt', KEY)).toBe(false);
  });

  test('still evaluates an Action that stands beside a NotAction', () => {
    expect(covers(statement({ ...ALLOW, NotAction: 'kms:Encrypt' }), 'kms:Sign', KEY)).toBe(false);
  });

  test('reads NotPrincipal as strictly as Principal', () => {
    const { Principal: _principal, ...rest } = ALLOW;
    expect(statement({ ...rest, NotPrincipal: { AWS: user('Alice') } }).principals?.unknown).toBe(true);
    expect(compile({ ...rest, NotPrincipal: { AWS: 'nobody' } }).ok).toBe(false);
  });

  test('takes ${ as plain text before policy variables existed', () => {
    const old = statement({ ...ALLOW, Resource: 'a${b}' }, 'key policy', '2008-10-17');
    expect(old.notEvaluated).toEqual([]);
    expect(covers(old, 'kms:Decrypt', 'a${b}')).toBe(true);
    expect(covers(old, 'kms:Decrypt', KEY)).toBe(false);
  });
});
