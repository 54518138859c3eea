// Policies as documents and as text.

import { expect, test } from 'vitest';
import { tagsOf, textOf, textsOf } from '../src/policy-documents.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

test('a document becomes its JSON, a text stays as it is', () => {
  expect(textOf('x', { Statement: [] })).toBe('{"Statement":[]}');
  expect(textOf('x', ' {} ')).toBe(' {} ');
  expect(textsOf('x', { a: '1', b: { Statement: 2 } })).toEqual([
    { name: 'a', text: '1' },
    { name: 'b', text: '{"Statement":2}' },
  ]);
});

test('tags are pairs of text, whatever they are called', () => {
  expect(tagsOf('x', JSON.parse('{"__proto__":"a","b":""}'))).toEqual([
    ['__proto__', 'a'],
    ['b', ''],
  ]);
});

test('anything else is refused where it stands', () => {
  expect(kmsimErrorOf(() => textsOf('role: policies', [] as never)).message).toMatch(/^role: policies are an object/);
  expect(kmsimErrorOf(() => tagsOf('role: tags', null as never)).message).toMatch(
    /^role: tags are an object of strings, not null/,
  );
  expect(kmsimErrorOf(() => tagsOf('role: tags', { a: 1 } as never)).message).toMatch(
    /^role: tags: the value of "a" is no text/,
  );
});

// Left out, it would lift the limit that it was meant to be.
test('what JSON cannot express is refused', () => {
  const never = (() => 1) as never;
  expect(kmsimErrorOf(() => textOf('role: boundary', never))).toMatchObject({
    code: 'InvalidPolicy',
    problem: 'role: boundary: that function cannot be written as JSON.',
  });
  expect(kmsimErrorOf(() => textsOf('role: policies', { a: { Statement: 1n } }))).toMatchObject({
    code: 'InvalidPolicy',
    problem: 'role: policies: a: that object cannot be written as JSON.',
  });
});
