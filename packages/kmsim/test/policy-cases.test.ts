// Policy tests in a file, each a test of its own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { policyCases } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'kmsim-policy-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const App = 'arn:aws:iam::111122223333:role/App';
const key = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const env = { keyPolicy: [{ Effect: 'Allow', Principal: { AWS: App }, Action: 'kms:Encrypt', Resource: '*' }] };
const cases = [
  { id: 'A', title: 'App encrypts', env, request: { principal: App, checks: [['kms:Encrypt', key]] }, expect: 'allow' },
  { id: 'B', env, request: { principal: App, checks: [['kms:Decrypt', key]] }, expect: 'deny', decidedBy: null },
];
const path = join(folder, 'cases.json');
writeFileSync(path, JSON.stringify({ cases }));

describe.each([
  ['a path', path],
  ['a URL', pathToFileURL(path)],
  ['an object', { cases }],
])('the cases of %s', (_what, file) => {
  for (const written of policyCases(file)) test(written.title, () => written.check());

  test('have titles and results', () => {
    expect(policyCases(file).map(({ id, title }) => [id, title])).toEqual([
      ['A', 'A: App encrypts'],
      ['B', 'B'],
    ]);
    expect(policyCases(file).map((one) => one.run().outcome)).toEqual(['Allow', 'ImplicitDeny']);
  });
});

test('a case that fails throws what came, what was expected, and why', () => {
  const [wrong] = policyCases({ cases: [{ ...cases[1], expect: 'allow' }] });
  expect(() => wrong?.check()).toThrow(
    /^ImplicitDeny, not as expected: allow by no statement\nImplicitDeny: no key policy statement allows it\n {2}caller {4}arn/,
  );
});

test.each([
  [{ decidedBy: 'grant "g" [0]' }, 'allow by grant "g" [0]'],
  [{ decidedBy: null }, 'allow by no statement'],
  [{ outcome: 'ImplicitDeny' }, 'allow (ImplicitDeny)'],
  [{ outcome: 'Allow', decidedBy: 'grant "h"' }, 'allow by grant "h"'],
  [{ expect: 'deny' }, 'deny'],
])('a case with %j says all that it expected', (more, expected) => {
  const grants = [{ id: 'g', GranteePrincipal: App, Operations: ['Encrypt'] }];
  const [wrong] = policyCases({ cases: [{ ...cases[0], env: { grants }, ...more }] });
  expect(() => wrong?.check()).toThrow(`Allow by grant "g", not as expected: ${expected}\n`);
});

test.each([
  ['/nowhere.json', '/nowhere.json cannot be read.'],
  [{}, 'cases is missing.'],
])('%j is a mistake', (file, problem) => {
  expect(kmsimErrorOf(() => policyCases(file))).toMatchObject({ code: 'InvalidCases', problem });
});

test('a file that is no JSON is a mistake, with the place', () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"cases": [}');
  expect(kmsimErrorOf(() => policyCases(broken)).problem).toBe(
    `${broken} is not JSON: line 1, column 12: a value is missing.`,
  );
});

test.each([
  ['undefined', undefined, 'undefined cannot be written as JSON.'],
  [
    'a BigInt in a statement',
    { cases: [{ ...cases[0], env: { keyPolicy: [{ Effect: 1n }] } }] },
    'that object cannot be written as JSON.',
  ],
  ['a hole', { cases: Object.assign([], { 1: cases[0] }) }, 'cases[0] is not an object.'],
  [
    'a caller that is undefined',
    { cases: [{ ...cases[0], request: { principal: undefined } }] },
    'cases[0].request.principal is missing.',
  ],
  ['no case', { cases: [] }, 'cases has none.'],
])('%s is a mistake', (_what, file, problem) => {
  expect(kmsimErrorOf(() => policyCases(file as object))).toMatchObject({ code: 'InvalidCases', problem });
});

test('a file that says a thing twice is a mistake', () => {
  const twice = join(folder, 'twice.json');
  writeFileSync(twice, '{"cases": [], "cases": []}');
  expect(kmsimErrorOf(() => policyCases(twice)).problem).toBe(`${twice} has the member "cases" twice.`);
});
