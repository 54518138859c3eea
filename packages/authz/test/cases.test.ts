// Every written case of the documentation: the outcome, and the statement that settles it.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Case, CaseDefaults } from '../src/case.ts';
import { runCase, runCases } from '../src/cases.ts';

interface CaseFile {
  readonly defaults: CaseDefaults;
  readonly cases: readonly Case[];
}

const folder = new URL('./cases/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): CaseFile => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

describe.each(files)('%s', (name) => {
  const { defaults, cases } = read(name);
  test.each(cases.map((written) => [`${written.id}: ${written.title}`, written] as const))('%s', (_title, written) => {
    expect(written.decidedBy).toBeDefined();
    const { outcome, decidedBy, passed } = runCase(written, defaults);
    expect({ outcome, decidedBy: decidedBy ?? null, passed }).toEqual({
      outcome: written.outcome,
      decidedBy: written.decidedBy,
      passed: true,
    });
  });
});

test('there are 129 of KMS and others of IAM, each with an id of its own', () => {
  const ids = files.flatMap((name) => read(name).cases.map(({ id }) => id));
  expect(ids.filter((id) => id.startsWith('AZ'))).toHaveLength(129);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('a case', () => {
  const { defaults, cases } = read('policies.json');
  const [allowed] = cases.filter(({ expect }) => expect === 'allow') as [Case];

  test.each([
    ['another outcome', { expect: 'deny' }],
    ['the other kind of denial', { expect: 'ExplicitDeny' }],
    ['another statement', { decidedBy: 'key policy "default" [1]' }],
    ['no statement', { decidedBy: null }],
  ])('fails that expects %s', (_what, change) => {
    const { outcome: _outcome, ...written } = allowed;
    expect(runCase({ ...written, ...change }, defaults).passed).toBe(false);
  });

  test('passes in any of the words for its outcome', () => {
    for (const expected of ['allow', 'Allow']) {
      expect(runCase({ ...allowed, expect: expected }, defaults).passed).toBe(true);
    }
  });

  test.each([
    [{ 'kms:EncryptionContext:tenant': 'acme' }, 'Allow'],
    [{ 'KMS:encryptioncontext:Tenant': 'acme' }, 'Allow'],
    [{ 'kms:EncryptionContext:tenant': 'acme', 'kms:EncryptionContext:user': 'bob' }, 'ImplicitDeny'],
    [{ 'kms:EncryptionContext:tenant': 'acme', 'kms:EncryptionContextKeys': ['tenant', 'user'] }, 'ImplicitDeny'],
  ])('need not say the names of the pairs of %j beside the pairs', (context, outcome) => {
    const key = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const principal = 'arn:aws:iam::111122223333:role/App';
    const Constraints = { EncryptionContextEquals: { tenant: 'acme' } };
    const grants = [{ id: 'g1', GranteePrincipal: principal, Operations: ['Decrypt'], Constraints }];
    const request = { principal, checks: [['kms:Decrypt', key] as const], context };
    expect(runCase({ id: 'g', env: { grants }, request, expect: outcome }, defaults)).toMatchObject({
      outcome,
      passed: true,
    });
  });

  test('may leave out who decides', () => {
    const { decidedBy: _decidedBy, outcome: _outcome, ...written } = allowed;
    expect(runCase(written, defaults).passed).toBe(true);
  });

  test('with a policy that KMS refuses lets nobody in, and says why', () => {
    const group = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:group/G' },
      Action: '*',
      Resource: '*',
    };
    const result = runCase({ ...allowed, env: { keyPolicy: [group] } }, defaults);
    expect(result).toMatchObject({
      outcome: 'ImplicitDeny',
      passed: false,
      problem: 'key policy: Policy contains a statement with one or more invalid principals.',
    });
  });

  test('with a caller that cannot be says so', () => {
    const result = runCase({ ...allowed, request: { ...allowed.request, principal: 'Alice' } }, defaults);
    expect(result.problem).toBe('no principal: Alice');
  });

  // Nothing was asked, so nothing was denied.
  test.each([
    ['a caller that cannot be', { request: { ...allowed.request, principal: 'arn:aws:iam::11112222333:role/App' } }],
    [
      'an effect that cannot be',
      { env: { keyPolicy: [{ Effect: 'allow', Principal: '*', Action: '*', Resource: '*' }] } },
    ],
    ['a session policy without statements', { env: { session: [] } }],
  ])('with %s fails whatever it expects', (_what, change) => {
    const { outcome: _outcome, decidedBy: _decidedBy, ...written } = allowed;
    for (const expected of ['allow', 'deny', 'ImplicitDeny']) {
      const result = runCase({ ...written, ...change, expect: expected }, defaults);
      expect(result).toMatchObject({ problem: expect.any(String), passed: false });
    }
  });

  test('carries its decisions', () => {
    const { decisions } = runCase(allowed, defaults);
    expect(decisions.map(({ outcome }) => outcome)).toEqual(['Allow']);
  });
});

test('a file is run whole', () => {
  const file = read('several-permissions.json');
  expect(runCases(file).map(({ id, passed }) => [id, passed])).toEqual(file.cases.map(({ id }) => [id, true]));
});
