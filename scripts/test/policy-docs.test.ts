// The tables about authorization: what they claim is decided so.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as authz from '../../packages/authz/src/index.ts';
import { OPERATORS as operators } from '../../packages/authz/src/operators.ts';
import { authorizationPage, unproved } from '../policy-docs/authorization-page.mjs';
import { truthRows, truthTable } from '../policy-docs/truth-table.mjs';
import { root } from '../run.mjs';

const folder = join(root, 'packages', 'authz', 'test', 'cases');
const cases = readdirSync(folder)
  .sort()
  .flatMap((name) => {
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return (file.cases as object[]).map((written) => ({ defaults: file.defaults, written }));
  });
const page = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');

describe('the truth table', () => {
  const rows = truthRows(authz);

  test('has a row for each combination, and a Deny wins in all of them', () => {
    expect(rows).toHaveLength(12);
    for (const { denied } of rows)
      expect(denied).toEqual(['ExplicitDeny', 'ExplicitDeny', 'ExplicitDeny', 'ExplicitDeny']);
  });

  test('says why, wherever the lesson is not the answer', () => {
    const others = rows.flatMap(({ answers }) => answers).filter(({ isOther }) => isOther);
    expect(others.length).toBeGreaterThan(0);
    for (const { note } of others) expect(note).toBeGreaterThanOrEqual(0);
  });

  test('stands in the guide', () => {
    expect(page('test-your-key-policy.md')).toContain(
      `<!-- generated: truth table -->\n${truthTable(authz)}\n<!-- end -->`,
    );
  });
});

describe('the page on authorization', () => {
  test('is what the cases say', () => {
    expect(page('authorization.md')).toBe(authorizationPage({ authz, cases, operators }));
  });

  test('claims nothing that no case shows', () => {
    expect(unproved({ authz, cases, operators })).toEqual([]);
  });

  test('would miss a case', () => {
    const fewer = cases.filter(({ written }) => !('id' in written && String(written.id).startsWith('OP-Binary')));
    expect(unproved({ authz, cases: fewer, operators })).toEqual(['BinaryEquals']);
  });
});
