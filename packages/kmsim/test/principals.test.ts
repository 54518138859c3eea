// Who calls: principals by ARN, identities with their policies, access keys with their secrets.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createKmsim, type IdentityOptions } from '../src/index.ts';
import { principalOf } from '../src/principals.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const app = 'arn:aws:iam::000000000000:role/App';
const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };

describe('principals', () => {
  test.each([
    ['arn:aws:iam::111122223333:root', 'root'],
    ['arn:aws:iam::111122223333:user/team/Ann', 'user'],
    [app, 'role'],
    ['arn:aws:sts::111122223333:assumed-role/App/session', 'session'],
  ])('%s', (arn, kind) => expect(principalOf(arn)).toMatchObject({ arn, kind }));

  test.each([
    '',
    '*',
    'root',
    'App',
    '111122223333',
    'arn:aws:iam::1:root',
    'arn:aws:iam::111122223333:group/x',
    `${app}\n`,
    null,
    5,
    {},
  ])('%j is none', (arn) => {
    const sim = createKmsim();
    for (const use of [
      () => principalOf(arn as string),
      () => sim.as(arn as string),
      () => sim.clientConfig({ as: arn as string }),
    ]) {
      expect(kmsimErrorOf(use)).toMatchObject({ code: 'InvalidPrincipal', hint: expect.stringContaining('ARN') });
    }
  });

  test('a session has the identity policies of its role', async () => {
    const sim = createKmsim({ identities: [{ arn: app, policies: { all: everything } }] });
    const session = sim.as('arn:aws:sts::000000000000:assumed-role/App/session');
    await expect(session.createKey()).resolves.toHaveProperty('KeyMetadata');
    const other = sim.as('arn:aws:sts::000000000000:assumed-role/Other/session');
    await expect(other.createKey()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('a service may do nothing by itself', async () => {
    const service = createKmsim().as('lambda.amazonaws.com');
    await expect(service.createKey()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(service.listKeys()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('identities', () => {
  test('policies are documents or their text, and replace those before', async () => {
    const sim = createKmsim();
    await expect(sim.as(app).listKeys()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    sim.identities.put({ arn: app, policies: { all: JSON.stringify(everything) } });
    await expect(sim.as(app).listKeys()).resolves.toMatchObject({ Keys: [] });
    sim.identities.put({ arn: app });
    await expect(sim.as(app).listKeys()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('a role with a path is there under its ARN', () => {
    const sim = createKmsim();
    const role = (path: string): string => `arn:aws:iam::000000000000:role${path}App`;
    expect(sim.identities.has(role('/team/one/'))).toBe(false);
    sim.identities.put({ arn: role('/team/one/') });
    expect(sim.identities.has(role('/team/one/'))).toBe(true);
    // As a caller it needs no path: names of roles are unique in an account.
    expect(sim.identities.has(role('/'))).toBe(true);
    for (const none of ['arn:aws:iam::000000000000:role/team/one/Other', 'App', '', null, 5, {}])
      expect(sim.identities.has(none as string)).toBe(false);
  });

  test('a boundary keeps back what policies give, and what is left out is gone', async () => {
    const sim = createKmsim();
    const boundary = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:List*', Resource: '*' } };
    sim.identities.put({ arn: app, policies: { all: everything }, boundary });
    await expect(sim.as(app).listKeys()).resolves.toHaveProperty('Keys');
    await expect(sim.as(app).createKey()).rejects.toThrow('because no permissions boundary allows the kms:CreateKey');
    sim.identities.put({ arn: app, policies: { all: everything } });
    await expect(sim.as(app).createKey()).resolves.toHaveProperty('KeyMetadata');
  });

  test('tags are what policies know of a principal', async () => {
    const StringEquals = { 'aws:PrincipalTag/team': 'orders' };
    const Statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition: { StringEquals } };
    const policies = { own: { Version: '2012-10-17', Statement } };
    const sim = createKmsim({ identities: [{ arn: app, policies, tags: { Team: 'orders' } }] });
    await expect(sim.as(app).listKeys()).resolves.toHaveProperty('Keys');
    sim.identities.put({ arn: app, policies });
    await expect(sim.as(app).listKeys()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each([
    [{ arn: app, policies: { bad: '{' } }, 'InvalidPolicy', /role\/App: policy bad: Policy is not valid JSON\. [A-Z]/],
    [{ arn: app, policies: { bad: {} } }, 'InvalidPolicy', /policy bad: /],
    [{ arn: app, policies: { bad: undefined } }, 'InvalidPolicy', /policies: bad: undefined cannot be written as JSON/],
    [{ arn: app, policies: ['x'] }, 'InvalidPolicy', /policies are an object of named policies/],
    [{ arn: app, boundary: '{' }, 'InvalidPolicy', /role\/App: permissions boundary boundary: Policy/],
    [{ arn: app, trust: '{' }, 'InvalidPolicy', /role\/App: trust policy: Policy/],
    [{ arn: 'arn:aws:iam::000000000000:user/Ann', trust: '{}' }, 'InvalidOption', /only a role has a trust policy/],
    [{ arn: app, tags: { a: 1 } }, 'InvalidOption', /role\/App: tags: the value of "a" is no text/],
    [{ arn: app, policy: {} }, 'InvalidOption', /An identity has no option "policy"/],
    [{ arn: 'arn:aws:iam::000000000000:root' }, 'InvalidPrincipal', /neither a user nor a role/],
    [{ arn: 'arn:aws:sts::000000000000:assumed-role/App/s' }, 'InvalidPrincipal', /neither a user nor a role/],
    [{ arn: 'App' }, 'InvalidPrincipal', /"App" is no principal/],
    [{ arn: app, boundary: () => 1 }, 'InvalidPolicy', /boundary: that function cannot be written as JSON/],
    [{ arn: app, trust: { toJSON() {} } }, 'InvalidPolicy', /trust: that object cannot be written as JSON/],
  ])('%j is refused and changes nothing', (identity, code, message) => {
    const sim = createKmsim({ seed: 1, identities: [{ arn: app, policies: { all: everything } }] });
    const before = JSON.stringify(sim.snapshot());
    const error = kmsimErrorOf(() => sim.identities.put(identity as unknown as IdentityOptions));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(JSON.stringify(sim.snapshot())).toBe(before);
    expect(kmsimErrorOf(() => createKmsim({ identities: [identity as unknown as IdentityOptions] })).code).toBe(code);
  });
});

describe('access keys', () => {
  test('belong to the administrator unless they name somebody; the first is handed out', () => {
    const sim = createKmsim({
      accessKeys: [
        { accessKeyId: 'ONE', secretAccessKey: 'first' },
        { accessKeyId: 'TWO', secretAccessKey: 'second', as: app },
      ],
    });
    expect(sim.accessKeys.get('ONE')?.principal.arn).toBe(sim.caller().principal.arn);
    expect(sim.accessKeys.get('TWO')?.principal.arn).toBe(app);
    expect(sim.accessKeys.get('test')).toBeUndefined();
    expect(sim.accessKeys.get('__proto__')).toBeUndefined();
    expect(sim.clientConfig().credentials).toEqual({ accessKeyId: 'ONE', secretAccessKey: 'first' });
    expect(createKmsim({ accessKeys: [] }).clientConfig().credentials).toEqual({
      accessKeyId: 'test',
      secretAccessKey: 'test',
    });
  });

  test('neither inspecting nor printing a simulation shows a secret', async () => {
    const sim = createKmsim({ seed: 1, accessKeys: [{ accessKeyId: 'ONE', secretAccessKey: 'hunter2hunter2' }] });
    await sim.as().createKey();
    expect(inspect(sim, { depth: 12, showHidden: true })).not.toContain('hunter2');
    expect(JSON.stringify(sim.accessKeys)).toBe('{}');
  });
});
