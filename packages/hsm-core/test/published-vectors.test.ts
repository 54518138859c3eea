// Every published file is used and every vector of it counted: what the tests note (proof.ts) is written down in data/proofs.json.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folder, groupsOf } from './published-vectors.ts';

interface Count {
  readonly total: number;
  readonly leftOut?: { readonly count: number; readonly because: string };
  readonly passed: Readonly<Record<'native' | 'portable', number>>;
  readonly acceptable: readonly { readonly count: number }[];
}

const { vectors } = JSON.parse(readFileSync(new URL('data/proofs.json', import.meta.url), 'utf8')) as {
  readonly vectors: Readonly<Record<string, Count>>;
};
const absent = !existsSync(folder);
const reason = absent ? ' (skipped: the vectors are not beside this checkout)' : '';

test('what passes and what is left out is all there is, on both backends', () => {
  for (const [file, { leftOut, passed, total }] of Object.entries(vectors)) {
    const inScope = total - (leftOut?.count ?? 0);
    expect([file, passed]).toEqual([file, { native: inScope, portable: inScope }]);
  }
});

test.skipIf(absent)(`every file of the folder is used${reason}`, () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'));
  expect(files.map((file) => file.replace('.json.gz', '')).sort()).toEqual(Object.keys(vectors).sort());
});

test.skipIf(absent).each(Object.entries(vectors))(`%s: every vector is counted${reason}`, (file, count) => {
  const all = groupsOf<{ tests: readonly { result: string }[] }>(file).flatMap(({ tests }) => tests);
  expect(all).toHaveLength(count.total);
  const acceptable = count.acceptable.reduce((sum, choice) => sum + choice.count, 0);
  expect(all.filter(({ result }) => result === 'acceptable')).toHaveLength(acceptable);
});
