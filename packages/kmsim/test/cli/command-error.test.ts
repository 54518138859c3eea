// What a command says when it cannot do what it was asked.

import { expect, test } from 'vitest';
import { visible, visibleJson, wordsFor } from '../../src/cli/command-error.ts';
import { KmsimError } from '../../src/index.ts';

test('a mistake is told with the flags of the command line and its code', () => {
  const error = new KmsimError('NotLoopback', 'The host is reachable.');
  expect(wordsFor(error)).toBe(
    'The host is reachable. Add --i-understand-this-is-exposed if everybody who reaches the port may use the keys. [NotLoopback]',
  );
});

test('a mistake without a flag keeps its own hint', () => {
  const error = new KmsimError('SeededAndExposed', 'Refused.');
  expect(wordsFor(error)).toBe(`Refused. ${error.hint} [SeededAndExposed]`);
});

test('an option that is none is told with the command whose help has them', () => {
  const error = new KmsimError('InvalidOption', 'There is no such rule.');
  expect(wordsFor(error, 'review')).toBe(
    'There is no such rule. kmsim review --help shows what there is. [InvalidOption]',
  );
  expect(wordsFor(error)).toBe('There is no such rule. kmsim --help shows what there is. [InvalidOption]');
});

test('what nobody foresaw is told in one line, without a stack', () => {
  expect(wordsFor(new TypeError('a defect'))).toBe('a defect');
  expect(wordsFor('text')).toBe('text');
});

test('what moves a cursor is shown, line by line, and stays what it was in JSON', () => {
  expect(visible('a\u001b[2J\nb\u009b')).toBe('a\\u{1b}[2J\nb\\u{9b}');
  const value = { a: ['\u009b\u2028\u{e0001}\ud800é'] };
  expect(visibleJson(value)).toBe('{\n  "a": [\n    "\\u009b\\u2028\\udb40\\udc01\\ud800é"\n  ]\n}');
  expect(JSON.parse(visibleJson(value))).toEqual(value);
});
