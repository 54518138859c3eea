// The matcher against the definition, and against shapes made to slow it down.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type CaseRule, compilePattern, matchesPattern } from '../src/wildcard.ts';

/** The definition, by dynamic programming: row i, column j says whether pattern[0..i) matches subject[0..j). */
function reference(pattern: string, subject: string): boolean {
  let row = [true, ...Array.from(subject, () => false)];
  for (const symbol of pattern) {
    const next = [symbol === '*' && row[0] === true];
    for (let j = 1; j <= subject.length; j++) {
      next[j] =
        symbol === '*'
          ? row[j] === true || next[j - 1] === true
          : row[j - 1] === true && (symbol === '?' || symbol === subject[j - 1]);
    }
    row = next;
  }
  return row[subject.length] === true;
}

const fold = (text: string): string => text.replace(/[A-Z]/g, (capital) => capital.toLowerCase());
const word = (letters: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), maxLength });
const matches = (pattern: string, subject: string, caseRule: CaseRule): boolean =>
  matchesPattern(compilePattern(pattern, caseRule), subject);

describe('the wildcard matcher', () => {
  test.prop([word(['a', 'B', 'b', '*', '?'], 10), word(['a', 'B', 'b'], 14)], { numRuns: 5000 })(
    'agrees with the definition',
    (pattern, subject) => {
      expect(matches(pattern, subject, 'exact case')).toBe(reference(pattern, subject));
    },
  );

  test.prop([word(['a', 'A', 'b', 'B', '*', '?'], 10), word(['a', 'A', 'b', 'B'], 14)], { numRuns: 3000 })(
    'agrees with the definition on folded texts when case does not count',
    (pattern, subject) => {
      expect(matches(pattern, subject, 'any case')).toBe(reference(fold(pattern), fold(subject)));
    },
  );

  test.prop([word(['a', '?', '?', 'b'], 80), fc.nat({ max: 20 }), word(['a', 'b'], 30)], { numRuns: 3000 })(
    'agrees with the definition on long pieces with ? between stars',
    (piece, at, more) => {
      const pattern = `*${piece}*`;
      const fitting = piece.replaceAll('?', 'a');
      for (const subject of [more, `${more.slice(0, at)}${fitting}${more.slice(at)}`, fitting.replace(/a/, 'b')]) {
        expect(matches(pattern, subject, 'exact case')).toBe(reference(pattern, subject));
        expect(matches(pattern, subject.toUpperCase(), 'any case')).toBe(reference(pattern, subject));
      }
    },
  );

  test.prop([fc.string(), fc.constantFrom<CaseRule>('any case', 'exact case')])(
    'matches a text without wildcards with itself, and `*` with everything',
    (text, caseRule) => {
      const plain = text.replace(/[*?]/g, '');
      expect(matches(plain, plain, caseRule)).toBe(true);
      expect(matches('*', text, caseRule)).toBe(true);
      expect(matches(`${plain}*`, plain + text, caseRule)).toBe(true);
    },
  );

  // Backtracking would need longer than anybody waits: 2^20,000 steps, or 4 * 10^9 when it only returns to the last star.
  test.each([
    ['a*a*a*...b', `${'a*'.repeat(20_000)}b`, 'a'.repeat(200_000)],
    ['*a*a*...b*', `*${'a*'.repeat(20_000)}b*`, 'a'.repeat(200_000)],
    ['*aaa...ab*', `*${'a'.repeat(20_000)}b*`, 'a'.repeat(200_000)],
    ['*???...b*', `*${'?'.repeat(20_000)}b*`, 'a'.repeat(200_000)],
  ])(
    'is linear on %s',
    (_shape, pattern, subject) => {
      expect(matches(pattern, subject, 'exact case')).toBe(false);
      expect(matches(pattern, subject, 'any case')).toBe(false);
      expect(matches(pattern, `${subject}b`, 'exact case')).toBe(true);
    },
    2_000,
  );
});
