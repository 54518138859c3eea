// Options as people write them.

import { describe, expect, test } from 'vitest';
import { aRegion, checkOptions, type Forms, isText, listOf, oneOf, shown } from '../src/option-forms.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

interface Options {
  readonly name?: string;
  readonly mode?: 'a' | 'b';
}

const forms: Forms<Options> = { name: { is: isText, text: 'text' }, mode: oneOf('a', 'b') };

describe('checkOptions', () => {
  test.each([{}, { name: 'x' }, { name: undefined }, { name: 'x', mode: 'a' }])('%j passes', (options) => {
    expect(() => checkOptions('it', options as Options, forms)).not.toThrow();
  });

  test.each([
    [{ nmae: 'x' }, 'it has no option "nmae". Did you mean name?'],
    [{ toString: 1 }, 'it has no option "toString". It takes name, mode.'],
    [{ name: '' }, 'it: name is text, not "".'],
    [{ mode: 'c' }, `it: mode is 'a' or 'b', not "c".`],
    [{ mode: ['a'] }, `it: mode is 'a' or 'b', not that list.`],
    [[], 'it takes an object of options, not that list.'],
    [null, 'it takes an object of options, not null.'],
  ])('%j does not', (options, problem) => {
    const error = kmsimErrorOf(() => checkOptions('it', options as Options, forms));
    expect(error).toMatchObject({ code: 'InvalidOption', problem });
  });
});

test.each(['us-east-1', 'cn-northwest-1', 'us-isob-east-1', 'eusc-de-east-1', 'ap-southeast-10'])(
  '%s is a Region',
  (name) => {
    expect(aRegion.is(name)).toBe(true);
  },
);

test.each(['', 'us-east', 'US-EAST-1', 'us-east-1\n', 'us-east-1:x', '../us-east-1', 5, null])(
  '%j is no Region',
  (name) => {
    expect(aRegion.is(name)).toBe(false);
  },
);

test('a list is of one kind', () => {
  const texts = listOf(isText, 'names');
  expect([texts.is([]), texts.is(['a', 'b']), texts.is(['a', 1]), texts.is('ab')]).toEqual([true, true, false, false]);
});

test.each([
  ['plain', '"plain"'],
  ['a\u001b[2Jb\u202ec', String.raw`"a\u001b[2Jb\u{202e}c"`],
  ['x'.repeat(80), `"${'x'.repeat(63)}…"`],
  [{ secret: 'hunter2' }, 'that object'],
  [['hunter2'], 'that list'],
  [5n, '5'],
  [Symbol('s'), 'Symbol(s)'],
  [new Date(0), 'that Date'],
  [() => 1, 'that function'],
  [undefined, 'undefined'],
])('%o is shown as %s', (value, text) => {
  expect(shown(value)).toBe(text);
});

test('options that cannot be read are no options', () => {
  const cause = new Error('no');
  const options = {
    get name(): string {
      throw cause;
    },
  };
  const error = kmsimErrorOf(() => checkOptions('it', options, forms));
  expect(error).toMatchObject({ code: 'InvalidOption', problem: 'it: that object cannot be read.', cause });
});
