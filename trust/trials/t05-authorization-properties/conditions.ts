// The algebra of conditions and wildcards: P9, P10, P11.

import fc from 'fast-check';
import { compileCondition, judge } from '../../../packages/authz/src/condition.ts';
import { type ContextValue, contextOf } from '../../../packages/authz/src/context.ts';
import { compilePattern, matchesPattern } from '../../../packages/authz/src/wildcard.ts';
import { PAIRS } from '../../../packages/authz/test/operator-pairs.ts';
import { KEY, principal, user } from '../../../packages/authz/test/sample.ts';
import { demand, type Law } from './law.ts';

const ONE = 'kms:ViaService';
const MANY = 'kms:EncryptionContextKeys';
const telling = [
  ...['', 'a', 'A', 'ab', '1', '1.0', '1e0', ' 1', '0x1', 'NaN', '9007199254740993', '2024', '2024-01-01T00:00:00Z'],
  ...[
    '10.0.0.1',
    '10.0.0.0/8',
    '::ffff:10.0.0.1',
    '0.0.0.0/0',
    'arn:aws:s3:::a',
    'arn:*:s3:*:*:a',
    'arn:aws',
    '*',
    'a*',
  ],
  ...['a?', '${*}', '${$}', '${aws:username}', "${aws:userid, 'a'}"],
];
// Variables that nobody knows make a statement nobody can judge: that is another law.
const value = fc.oneof(
  fc.constantFrom(...telling),
  fc.string({ maxLength: 4 }).map((text) => text.replaceAll('$', '')),
);
const values = fc.array(value, { maxLength: 4 });
const operatorPair = fc.constantFrom(...PAIRS);
const operator = fc.constantFrom(...PAIRS.flat());

function holds(name: string, key: string, written: readonly string[], has: ContextValue | undefined): boolean {
  const compiled = compileCondition({ [name]: { [key]: written } }, '2012-10-17');
  const [clause] = compiled.ok ? compiled.clauses : [];
  if (clause === undefined) throw new Error(`${name} on ${key} is no condition: ${JSON.stringify(written)}`);
  const context = contextOf(has === undefined ? [] : [[key, has]]);
  const asked = { principal: principal(user('Alice')), action: 'kms:Decrypt', resource: KEY, context };
  return judge(clause, asked, 'identity policy') === 'holds';
}

function agree(one: boolean, other: boolean, ...about: readonly unknown[]): void {
  demand(one === other, () => JSON.stringify(about));
}

const word = (letters: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), maxLength });
const escaped = (text: string): string => text.replace(/[*?$]/g, '${$&}');
const asRegExp = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[*?]/g, (wild) => (wild === '*' ? '[^]*' : '[^]'))}$`);

export const conditions: readonly Law[] = [
  {
    name: 'P9',
    says: 'an operator and its opposite are complements; without the key no and yes; IfExists differs only there',
    property: (applies) =>
      fc.property(operatorPair, values, value, ([is, not], written, has) => {
        applies();
        agree(holds(not, ONE, written, has), !holds(is, ONE, written, has), is, written, has);
        agree(holds(is, ONE, written, undefined), false, is, written);
        agree(holds(not, ONE, written, undefined), true, not, written);
        for (const either of [is, not]) {
          agree(holds(`${either}IfExists`, ONE, written, has), holds(either, ONE, written, has), either, written, has);
          agree(holds(`${either}IfExists`, ONE, written, undefined), true, either, written);
        }
      }),
  },
  {
    name: 'P10',
    says: 'of no value all do and not one does; ForAnyValue of one is not ForAllValues of the other',
    property: (applies) =>
      fc.property(
        operatorPair,
        operator,
        values,
        fc.array(value, { minLength: 1, maxLength: 4 }),
        (pair, any, written, has) => {
          applies();
          agree(holds(`ForAllValues:${any}`, MANY, written, []), true, any, written);
          agree(holds(`ForAnyValue:${any}`, MANY, written, []), false, any, written);
          for (const [one, other] of [pair, pair.toReversed()])
            agree(
              holds(`ForAnyValue:${one}`, MANY, written, has),
              !holds(`ForAllValues:${other}`, MANY, written, has),
              pair,
              written,
              has,
            );
        },
      ),
  },
  {
    name: 'P11',
    says: 'wildcards match as the regular expression does, * everything, and escaped text itself alone',
    property: (applies) =>
      fc.property(
        word(['a', 'b', '*', '?'], 10),
        word(['a', 'b'], 14),
        fc.string(),
        fc.string(),
        (pattern, subject, text, has) => {
          applies();
          const compiled = compilePattern(pattern, 'exact case');
          agree(matchesPattern(compiled, subject), asRegExp(pattern).test(subject), pattern, subject);
          for (const asked of [text, has])
            for (const name of ['StringLike', 'StringEquals'])
              agree(holds(name, ONE, [escaped(text)], asked), asked === text, name, text, asked);
          agree(holds('StringLike', ONE, ['*'], has), true, has);
        },
      ),
  },
];
