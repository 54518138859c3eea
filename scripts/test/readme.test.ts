// The examples of the READMEs and of docs/ are files that run: a block behind `<!-- file: ... -->` is that file, word for word.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const block = /<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g;

function examplesOf(page: string): { readonly file: string; readonly text: string }[] {
  const blocks = readFileSync(join(root, page), 'utf8').matchAll(block);
  return [...blocks].map(([, file = '', text = '']) => ({ file, text }));
}

describe.each(['README.md', 'packages/kmsim/README.md', 'site/pages/index.md'])('%s', (readme) => {
  const examples = examplesOf(readme);

  test('has examples', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  test.each(examples)('shows $file as it is', ({ file, text }) => {
    expect(text).toBe(readFileSync(join(root, file), 'utf8'));
  });
});

// A program that is not everywhere is run where it is.
const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' });
const reason = openssl.stdout?.startsWith('OpenSSL 3') ? undefined : 'there is no OpenSSL 3 command here';

const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

test('docs/README.md leads to every page', () => {
  const index = readFileSync(join(root, 'docs', 'README.md'), 'utf8');
  expect(pages.filter((page) => page !== 'README.md' && !index.includes(`](${page})`))).toEqual([]);
});

const shown = pages.flatMap((page) => examplesOf(`docs/${page}`).map((example) => ({ page, ...example })));

describe.each(shown)('docs/$page', ({ file, text }) => {
  test(`shows ${file} as it is`, () => {
    expect(text).toBe(readFileSync(join(root, file), 'utf8'));
  });

  // Examples that are tests are run with the others.
  const skipped = text.includes("'openssl'") ? reason : undefined;
  // What has a runner of its own is run by it: packages/kmsim/test/testing/node-test.test.ts.
  const isProgram = file.endsWith('.mjs') && !text.includes("'node:test'");
  test.runIf(isProgram && skipped === undefined)(`runs ${file}${skipped ? ` (skipped: ${skipped})` : ''}`, async () => {
    await import(pathToFileURL(join(root, file)).href);
  });
});
