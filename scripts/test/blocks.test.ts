// Every block of code on a page is run by a test, or says why it is not.
//
// Above a block stands one of these, which GitHub and the site do not show:
//   <!-- file: examples/x.test.ts -->      it is that file, and the file runs (readme.test.ts)
//   <!-- run: ends with 1 -->              the command runs and prints this (docs.test.ts)
//   <!-- run by: path/of/x.test.ts -->     that test reads the page and runs it
//   <!-- shown: a reason -->               nobody runs it here, and why

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../run.mjs';

const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((name) => `docs/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.md'));
const pages = [...inDocs, 'README.md', 'packages/kmsim/README.md', 'site/pages/index.md'];
const marker = /^<!-- (file|run|run by|shown): (.+) -->$/;

interface Block {
  readonly line: number;
  readonly kind?: string;
  readonly says?: string;
}

function blocksOf(page: string): readonly Block[] {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  let isOpen = false;
  return lines.flatMap((line, at) => {
    if (!/^\s*```/.test(line)) return [];
    isOpen = !isOpen;
    if (!isOpen) return [];
    const [, kind, says] = marker.exec(lines[at - 1]?.trim() ?? '') ?? [];
    return [{ line: at + 1, ...(kind !== undefined && { kind }), ...(says !== undefined && { says }) }];
  });
}

const all = pages.map((page) => ({ page, blocks: blocksOf(page) })).filter(({ blocks }) => blocks.length > 0);

describe.each(all)('$page', ({ blocks, page }) => {
  test('has no block of which nobody knows whether it runs', () => {
    const unknown = blocks.filter(({ kind }) => kind === undefined).map(({ line }) => `${page}:${line}`);
    expect(unknown, 'write what runs it above the block: see the top of this test').toEqual([]);
  });

  test('names tests that there are, and that read it', () => {
    for (const { kind, says = '' } of blocks) {
      if (kind === 'run by') expect(readFileSync(join(root, says), 'utf8')).toContain(page.split('/').at(-1));
      for (const [path] of says.matchAll(/\b\S+\/\S+\.test\.ts\b/g))
        expect(existsSync(join(root, path)), path).toBe(true);
    }
  });
});

test('there are blocks of each kind', () => {
  const kinds = new Set(all.flatMap(({ blocks }) => blocks.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual(['file', 'run', 'run by', 'shown']);
});
