// Form-encoded bodies, as clients write them and as nobody should.

import { describe, expect, test } from 'vitest';
import { maxParameters, pairsOf, parseParameters } from '../src/query-parameters.ts';

describe('parameters', () => {
  test.each([
    [
      'Action=GetCallerIdentity&Version=2011-06-15',
      [
        ['Action', 'GetCallerIdentity'],
        ['Version', '2011-06-15'],
      ],
    ],
    ['', []],
    ['A', [['A', '']]],
    ['A=', [['A', '']]],
    ['A=b=c', [['A', 'b=c']]],
    ['A=a+b%20c%2Bd', [['A', 'a b c+d']]],
    [
      'A=%C3%BC&a=2',
      [
        ['A', 'ü'],
        ['a', '2'],
      ],
    ],
    ['__proto__=1', [['__proto__', '1']]],
  ])('%j', (body, pairs) => {
    expect([...(parseParameters(body) ?? expect.fail('refused'))]).toEqual(pairs);
    expect([...(parseParameters(new TextEncoder().encode(body)) ?? expect.fail('refused'))]).toEqual(pairs);
  });

  test.each([
    ['a name twice', 'A=1&B=2&A=3'],
    ['a name twice, in disguise', 'A=1&%41=3'],
    ['a percent sign that begins nothing', 'A=%zz'],
    ['no UTF-8', 'A=%ff'],
    ['too many', Array.from({ length: maxParameters + 1 }, (_, at) => `p${at}=`).join('&')],
  ])('%s is refused', (_what, body) => expect(parseParameters(body)).toBeUndefined());

  test('bytes that are no UTF-8 are refused', () => {
    expect(parseParameters(Uint8Array.of(0x41, 0x3d, 0xff))).toBeUndefined();
  });
});

test('pairs of a list come in the order of their numbers, whatever order they were sent in', () => {
  const parameters = new Map([
    ['Tags.member.10.Key', 'ten'],
    ['Tags.member.2.Value', 'b'],
    ['Tags.member.2.Key', 'two'],
    ['Tags.member.10.Value', 'j'],
    ['Tags.member.x.Key', 'no'],
    ['OtherTags.member.1.Key', 'no'],
    ['Tags.member.3.Key', 'alone'],
  ]);
  expect(pairsOf(parameters, 'Tags')).toEqual([
    { Key: 'two', Value: 'b' },
    { Key: 'alone', Value: '' },
    { Key: 'ten', Value: 'j' },
  ]);
});
