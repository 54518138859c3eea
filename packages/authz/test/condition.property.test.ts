// Laws of conditions.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { compileCondition, judge } from '../src/condition.ts';
import { type ContextValue, contextOf } from '../src/context.ts';
import { PAIRS } from './operator-pairs.ts';
import { KEY, principal, user } from './sample.ts';

const ONE = 'kms:ViaService';
const MANY = 'kms:EncryptionContextKeys';
const value = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'A',
    'ab',
    '1',
    '1.0',
    '2024',
    '10.0.0.1',
    '10.0.0.0/8',
    'arn:aws:s3:::a',
    '*',
    'a*',
    '${aws:username}',
  ),
  fc.string({ maxLength: 4 }),
);
const values = fc.array(value, { maxLength: 4 });

function holds(operator: string, key: string, written: readonly string[], has: ContextValue | undefined): boolean {
  const compiled = compileCondition({ [operator]: { [key]: written } }, '2012-10-17');
  const [clause] = compiled.ok ? compiled.clauses : [];
  // A drawn text may hold a variable that nobody knows: then there is nothing to judge, in either form.
  if (clause === undefined) return operator.includes('Not');
  const context = contextOf(has === undefined ? [] : [[key, has]]);
  const asked = { principal: principal(user('Alice')), action: 'kms:Decrypt', resource: KEY, context };
  return judge(clause, asked, 'identity policy') === 'holds';
}

const escaped = (text: string): string => text.replace(/[*?$]/g, '${$&}');

describe('an operator and its opposite', () => {
  test.prop([fc.constantFrom(...PAIRS), values, value])('are complements on one value', ([is, not], written, has) => {
    expect(holds(not, ONE, written, has)).toBe(!holds(is, ONE, written, has));
  });

  test.prop([fc.constantFrom(...PAIRS), values])('differ on a missing key: no, and yes', ([is, not], written) => {
    fc.pre(!written.some((text) => text.includes('${') && text !== '${aws:username}'));
    expect([holds(is, ONE, written, undefined), holds(not, ONE, written, undefined)]).toEqual([false, true]);
  });

  test.prop([fc.constantFrom(...PAIRS.flat()), values, fc.option(value, { nil: undefined })])(
    'differ from IfExists only where the key is missing',
    (operator, written, has) => {
      fc.pre(!written.some((text) => text.includes('${') && text !== '${aws:username}'));
      const expected = has === undefined || holds(operator, ONE, written, has);
      expect(holds(`${operator}IfExists`, ONE, written, has)).toBe(expected);
    },
  );

  test.prop([fc.constantFrom(...PAIRS), values, fc.array(value, { minLength: 1, maxLength: 4 })])(
    'ForAnyValue of one is not ForAllValues of the other',
    ([is, not], written, has) => {
      fc.pre(!written.some((text) => text.includes('${') && text !== '${aws:username}'));
      expect(holds(`ForAnyValue:${is}`, MANY, written, has)).toBe(!holds(`ForAllValues:${not}`, MANY, written, has));
    },
  );

  test.prop([fc.constantFrom(...PAIRS.flat()), values])('on no value: all do, not one does', (operator, written) => {
    fc.pre(!written.some((text) => text.includes('${') && text !== '${aws:username}'));
    expect(holds(`ForAllValues:${operator}`, MANY, written, [])).toBe(true);
    expect(holds(`ForAnyValue:${operator}`, MANY, written, [])).toBe(false);
  });
});

describe('StringLike', () => {
  test.prop([fc.string(), fc.string()])('of an escaped text is StringEquals of that text', (text, has) => {
    for (const asked of [text, has]) {
      const equal = asked === text;
      expect(holds('StringLike', ONE, [escaped(text)], asked)).toBe(equal);
      expect(holds('StringEquals', ONE, [escaped(text)], asked)).toBe(equal);
    }
  });

  test.prop([fc.string()])('of * holds of everything there is', (has) => {
    expect(holds('StringLike', ONE, ['*'], has)).toBe(true);
  });
});
