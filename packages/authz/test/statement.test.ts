// Statements, one at a time.

import { describe, expect, test } from 'vitest';
import { type ContextValue, contextOf } from '../src/context.ts';
import type { PolicyType, PolicyVersion } from '../src/policy-type.ts';
import { compileStatement, covers as coversFor, type Statement } from '../src/statement.ts';
import { KEY, OTHER_KEY, OWNER, principal, rootOf, user, type Written } from './sample.ts';

type Entries = Readonly<Record<string, ContextValue>>;

function covers(of: Statement, action: string, resource: string, context: Entries = {}): boolean {
  const asked = { principal: principal(user('Alice')), action, resource, context: contextOf(Object.entries(context)) };
  return coversFor(of, asked, of.principals ? 'key policy' : 'identity policy');
}

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
    [{ Condition: {} }, []],
    [{ Note: 'x', Condition: {} }, ['Note']],
    [{ NotAction: 'kms:Encrypt' }, ['NotAction']],
    [{ NotResource: KEY }, ['NotResource']],
    [{ NotPrincipal: { AWS: user('Bob') } }, ['NotPrincipal']],
    [{ Principal: { Service: 'ec2.amazonaws.com' } }, []],
    [{ Principal: { AWS: user('Alice'), Organization: 'x' } }, ['Principal.Organization']],
    [{ Resource: ['*', 'arn:aws:kms:*:*:alias/${aws:username}'] }, []],
    [{ Resource: 'arn:aws:kms:*:*:alias/${aws:nickname}' }, ['policy variable ${aws:nickname}']],
    [{ Condition: { StringResembles: { 'kms:KeySpec': 'x' } } }, ['condition operator StringResembles']],
    [{ Condition: { stringEquals: { 'kms:KeySpec': 'x' } } }, ['condition operator stringEquals']],
    [{ Condition: { NullIfExists: { 'kms:KeySpec': 'true' } } }, ['condition operator NullIfExists']],
    [{ Condition: { 'ForAnyValue:Null': { 'kms:KeySpec': 'true' } } }, ['condition operator ForAnyValue:Null']],
    [{ Condition: { StringEquals: { 'kms:KeySpeck': 'x' } } }, ['condition key kms:KeySpeck']],
    [{ Condition: { StringEquals: { 'kms:KeySpec': ['x', '${y}'] } } }, ['policy variable ${y}']],
  ])('with %j says what cannot be evaluated', (change, expected) => {
    expect(statement({ ...ALLOW, ...change }).notEvaluated).toEqual(expected);
  });

  test('is about everything but what its Not-elements list', () => {
    const { Action: _action, ...withoutAction } = ALLOW;
    const all = statement({ ...withoutAction, NotAction: 'kms:Decrypt' });
    expect([covers(all, 'kms:Decrypt', KEY), covers(all, 'kms:Encrypt', KEY)]).toEqual([false, true]);
    const { Resource: _resource, ...withoutResource } = ALLOW;
    const others = statement({ ...withoutResource, NotResource: KEY });
    expect([covers(others, 'kms:Decrypt', KEY), covers(others, 'kms:Decrypt', OTHER_KEY)]).toEqual([false, true]);
    expect(covers(others, 'kms:Encrypt', OTHER_KEY)).toBe(false);
  });

  test.each([[{ NotAction: [] }], [{ NotResource: [] }]])('is inert with %j', (none) => {
    const { Action, Resource, ...rest } = ALLOW;
    const inert = statement({ ...rest, ...('NotAction' in none ? { Resource } : { Action }), ...none });
    expect(covers(inert, 'kms:Decrypt', KEY)).toBe(false);
  });

  test('asks every condition', () => {
    const Condition = { StringEquals: { 'kms:KeySpec': 'RSA_2048' }, Bool: { 'kms:MultiRegion': 'true' } };
    const asked = statement({ ...ALLOW, Condition });
    expect(covers(asked, 'kms:Decrypt', KEY, { 'kms:KeySpec': 'RSA_2048', 'KMS:multiregion': 'true' })).toBe(true);
    expect(covers(asked, 'kms:Decrypt', KEY, { 'kms:KeySpec': 'RSA_2048', 'kms:MultiRegion': 'false' })).toBe(false);
    expect(covers(asked, 'kms:Decrypt', KEY, { 'kms:MultiRegion': 'true' })).toBe(false);
  });

  test.each([
    [{ Condition: 'x' }, 'Policy statement 3: Condition is not a JSON object.'],
    [{ Condition: [] }, 'Policy statement 3: Condition is not a JSON object.'],
    [{ Condition: { Bool: 'x' } }, 'Policy statement 3: Condition Bool is not a JSON object.'],
    [
      { Condition: { Bool: { k: null } } },
      'Policy statement 3: Condition Bool of k is neither a value nor a list of values.',
    ],
    [
      { Condition: { Bool: { k: [{}] } } },
      'Policy statement 3: Condition Bool of k is neither a value nor a list of values.',
    ],
  ])('is refused with %j', (change, problem) => {
    expect(compile({ ...ALLOW, ...change })).toEqual({ ok: false, problem });
  });

  test('still evaluates an Action that stands beside a NotAction', () => {
    expect(covers(statement({ ...ALLOW, NotAction: 'kms:Encrypt' }), 'kms:Sign', KEY)).toBe(false);
  });

  test('reads NotPrincipal as strictly as Principal', () => {
    const { Principal: _principal, ...rest } = ALLOW;
    expect(statement({ ...rest, NotPrincipal: { AWS: user('Alice') } }).principals?.negated).toBe(true);
    expect(compile({ ...rest, NotPrincipal: { AWS: 'nobody' } }).ok).toBe(false);
  });

  test('takes ${ as plain text before policy variables existed', () => {
    const old = statement({ ...ALLOW, Resource: 'a${b}' }, 'key policy', '2008-10-17');
    expect(old.notEvaluated).toEqual([]);
    expect(covers(old, 'kms:Decrypt', 'a${b}')).toBe(true);
    expect(covers(old, 'kms:Decrypt', KEY)).toBe(false);
  });
});
