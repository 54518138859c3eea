// Links are changed where they are links, and nowhere in code.

import { expect, test } from 'vitest';
import { outsideOfCode, slug, withLinks } from '../../scripts/docs/markdown.mjs';

const shout = (text: string): string => text.toUpperCase();

test.each([
  ['plain', 'PLAIN'],
  ['a `b` c', 'A `b` C'],
  ['a ``b ` c`` d', 'A ``b ` c`` D'],
  ['a\n```ts\nb\n```\nc', 'A\n```ts\nb\n```\nC'],
  ['a\n````\n```\nb\n```\n````\nc', 'A\n````\n```\nb\n```\n````\nC'],
  ['a\n~~~\nb\n~~~', 'A\n~~~\nb\n~~~'],
])('%j', (text, expected) => {
  expect(outsideOfCode(text, shout)).toBe(expected);
});

test('a link keeps its text, also when that is code', () => {
  const text = 'see [`one`](one.md), `[two](two.md)` and [three](three.md#part)';
  expect(withLinks(text, (target: string) => `/${target}`)).toBe(
    'see [`one`](/one.md), `[two](two.md)` and [three](/three.md#part)',
  );
});

test('a picture is a link, too', () => {
  const text = '![one](one.png) <source media="(dark)" srcset="two.svg"> <img alt="x" src="three.svg">';
  expect(withLinks(text, (target: string) => `/${target}`)).toBe(
    '![one](/one.png) <source media="(dark)" srcset="/two.svg"> <img alt="x" src="/three.svg">',
  );
});

// As GitHub does it: https://github.com/Flet/github-slugger
test.each([
  ["What can't be", 'what-cant-be'],
  ['A `code` name, and more', 'a-code-name-and-more'],
  ['node:test, and every other runner', 'nodetest-and-every-other-runner'],
])('the anchor of %j', (title, anchor) => {
  expect(slug(title)).toBe(anchor);
});
