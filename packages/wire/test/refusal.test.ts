import { expect, test } from 'vitest';
import { errorBody, shown } from '../src/refusal.ts';

test.each([
  ['a', undefined, 'message', '{"__type":"a"}'],
  ['a', '', 'message', '{"__type":"a","message":""}'],
  ['a', 'b "c"', 'Message', '{"__type":"a","Message":"b \\"c\\""}'],
] as const)('the body of %s with %j', (code, message, member, body) => {
  expect(errorBody(code, message, member)).toBe(body);
});

test.each([
  ['plain text', 'plain text'],
  ['a\u001b[31mred\r\n', 'a\\u{1b}[31mred\\u{d}\\u{a}'],
  ['\u202etxt.exe', '\\u{202e}txt.exe'],
  ['é😀', '\\u{e9}\\u{1f600}'],
  ['\ud800', '\\u{d800}'],
])('%j is shown as %s', (input, text) => {
  expect(shown(input)).toBe(text);
});

test('long input is cut', () => {
  expect(shown('x'.repeat(64))).toBe('x'.repeat(64));
  expect(shown('x'.repeat(65))).toBe(`${'x'.repeat(63)}…`);
});
