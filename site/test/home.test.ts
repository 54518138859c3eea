// The picture on the home page is what the command below it prints, and that is run by scripts/test/docs.test.ts.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verdict } from '../.vitepress/theme/verdict.ts';

test('every line of the picture is printed, in this order', () => {
  const page = readFileSync(new URL('../pages/index.md', import.meta.url), 'utf8');
  const printed = (/run: ends with 1 -->\n```txt\n([\s\S]*?)```/.exec(page)?.[1] ?? '').split('\n');
  const shown = verdict.map(({ text }) => text);
  expect(printed.filter((line) => shown.includes(line))).toEqual(shown);
  // Of the remedies all: who reads "either" looks for the "or".
  const remedies = printed.slice(printed.findIndex((line) => line.startsWith('-> '))).filter((line) => line !== '');
  expect(shown.slice(-remedies.length)).toEqual(remedies);
});
