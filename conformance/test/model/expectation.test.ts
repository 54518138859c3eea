// Judging an answer: what is wrong is named, and only a right answer teaches anything.

import { describe, expect, test } from 'vitest';
import { formOf, judge, leaf, type Refusal } from '../../src/model/expectation.ts';

const ok = (body: unknown) => ({ status: 200, body });
const refused = (body: Record<string, unknown>, status = 400) => ({ status, body });
const disabled: Refusal = { code: 'DisabledException', message: 'arn is disabled.' };

describe('an answer', () => {
  const output = { A: 'x', B: { C: leaf<number>({ $any: 'timestamp' }, (got) => got > 1) }, D: undefined };

  test.each([
    [{ A: 'x', B: { C: 2 } }, undefined],
    [
      { A: 'y', B: { C: 2 } },
      { path: 'A', expected: '"x"', got: '"y"' },
    ],
    [
      { A: 'x', B: { C: 1 } },
      { path: 'B.C', expected: '{"$any":"timestamp"}', got: '1' },
    ],
    [{ A: 'x' }, { path: 'B', expected: 'an object', got: 'nothing' }],
    [
      { A: 'x', B: { C: 2 }, D: null },
      { path: 'D', expected: 'nothing', got: 'null' },
    ],
    [
      { A: 'x', B: { C: 2 }, constructor: 1 },
      { path: 'constructor', expected: 'nothing', got: '1' },
    ],
  ])('%j', (body, difference) => {
    expect(judge([{ output }], ok(body))).toEqual(difference);
  });

  test('without output has no body or an empty one', () => {
    expect(judge([{ output: {} }], ok(undefined))).toBeUndefined();
    expect(judge([{ output: {} }], ok({}))).toBeUndefined();
  });
});

describe('a refusal', () => {
  test.each([
    [disabled, { __type: 'DisabledException', message: 'arn is disabled.' }, undefined],
    [disabled, { __type: 'com.amazonaws.kms#DisabledException', Message: 'arn is disabled.' }, undefined],
    [
      disabled,
      { __type: 'DisabledException', message: 'arn is disabled' },
      { path: 'message', expected: '"arn is disabled."', got: '"arn is disabled"' },
    ],
    [
      disabled,
      { __type: 'NotFoundException' },
      {
        path: '',
        expected: 'DisabledException: "arn is disabled."',
        got: 'NotFoundException without message (HTTP 400)',
      },
    ],
    [{ code: 'X' }, { __type: 'X', message: 'anything' }, undefined],
    [{ code: 'X', message: null }, { __type: 'X' }, undefined],
    [
      { code: 'X', message: null },
      { __type: 'X', message: '' },
      { path: 'message', expected: 'no message', got: '""' },
    ],
    [
      { code: 'X', message: null },
      { __type: 'X', message: null },
      { path: 'message', expected: 'no message', got: 'null' },
    ],
    [{ code: 'X', message: /^a/ }, { __type: 'X', message: 'ab' }, undefined],
  ] as const)('%j, %j', (wanted, body, difference) => {
    expect(judge([wanted], refused(body))).toEqual(difference);
  });

  test('is HTTP 400', () => {
    const difference = judge([disabled], refused({ __type: 'DisabledException', message: 'arn is disabled.' }, 500));
    expect(difference).toEqual({ path: 'HTTP status', expected: '400', got: '500' });
  });
});

test('one of several will do, and only that one teaches', () => {
  const learned: string[] = [];
  const teaching = (word: string) =>
    leaf<string>(
      word,
      (got) => got === word,
      (got) => learned.push(got),
    );
  const effect = (word: string) => () => learned.push(`after ${word}`);
  const wanted = ['a', 'b'].map((word) => ({ output: { A: teaching(word), B: 1 }, effect: effect(word) }));
  expect(judge(wanted, ok({ A: 'b', B: 2 }))).toBeDefined();
  expect(learned).toEqual([]);
  expect(judge([...wanted, disabled], ok({ A: 'b', B: 1 }))).toBeUndefined();
  expect(learned).toEqual(['b', 'after b']);
});

test('an expectation in the words of a transcript', () => {
  expect(formOf({ A: [leaf({ $any: 'uuid' }, () => true)], B: undefined, C: null })).toEqual({
    A: [{ $any: 'uuid' }],
    C: null,
  });
});
