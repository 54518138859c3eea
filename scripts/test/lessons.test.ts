// What a page says is proved: each lesson has a page of AWS and a test that is there, and what examples print is printed by a test.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../run.mjs';

const docs = join(root, 'docs');
const rows = readFileSync(join(docs, 'lessons.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| "'))
  .map((line) => {
    const [said = '', does = '', proof = '', ...more] = line.slice(2, -2).split(' | ');
    return { said, does, proof, more };
  });

test('there are lessons', () => {
  expect(rows.length).toBeGreaterThanOrEqual(20);
});

describe.each(rows)('$said', ({ does, more, proof }) => {
  test('has three cells, and AWS’s page beside what KMS does', () => {
    expect(more).toEqual([]);
    expect(does).toMatch(/\]\(https:\/\/(docs\.aws\.amazon\.com\/kms\/|aws\.amazon\.com\/kms\/)[^)]+\)$/);
  });

  test('links to tests that are there', () => {
    const links = [...proof.matchAll(/\[(.+?)\]\((.+?)\)/g)].map(([, title = '', file = '']) => ({ title, file }));
    expect(links.length).toBeGreaterThan(0);
    for (const { file, title } of links) {
      expect(existsSync(join(docs, file)), file).toBe(true);
      expect(titlesOf(readFileSync(join(docs, file), 'utf8')), file).toContain(title);
    }
  });
});

function titlesOf(source: string): readonly string[] {
  return [...source.matchAll(/^\s*test\(\s*'((?:[^'\\]|\\.)*)'/gm)].map(([, title = '']) => title);
}

const examples = join(root, 'examples');
const sources = readdirSync(examples).filter((name) => name.endsWith('.test.ts'));
const printed = readdirSync(examples).filter((name) => name.endsWith('.txt'));

test.each(printed)('examples/%s is what an example prints', (name) => {
  const writes = sources.filter((source) =>
    readFileSync(join(examples, source), 'utf8').includes(`.toMatchFileSnapshot('${name}')`),
  );
  expect(writes).toHaveLength(1);
});
