// How instants, names and numbers are written.

import { expect, test } from 'vitest';
import { distance, instant, money, number, pretty, shortKey, shortPrincipal } from '../../src/inspector/words.ts';

test('names are as short as they tell one from another', () => {
  expect(shortPrincipal('arn:aws:iam::000000000000:role/a/b/App')).toBe('role/App');
  expect(shortPrincipal('arn:aws:sts::000000000000:assumed-role/App/me')).toBe('assumed-role/App/me');
  expect(shortPrincipal('s3.amazonaws.com')).toBe('s3.amazonaws.com');
  expect(shortKey('arn:aws:kms:us-east-1:000000000000:key/4e5cdbd0-2971-4da1-92fd-e91b7a006856')).toBe(
    '4e5cdbd0\u2026',
  );
  expect(shortKey('mrk-375c1ec6a32c45468b397a2cf83fbfcf')).toBe('mrk-375c1ec6\u2026');
  expect(shortKey('arn:aws:kms:us-east-1:000000000000:alias/orders')).toBe('alias/orders');
});

test('instants and distances', () => {
  expect(instant('2026-01-01T12:30:00.000Z')).toBe('2026-01-01 12:30:00');
  const from = '2026-01-01T00:00:00Z';
  expect(distance(from, '2026-01-08T01:00:00Z')).toBe('in 7 days');
  expect(distance(from, '2026-01-01T01:00:00Z')).toBe('in 1 hour');
  expect(distance(from, '2026-01-01T00:00:00.500Z')).toBe('in 1 second');
  expect(distance(from, '2029-01-01T00:00:00Z')).toBe('in 3 years');
  expect(distance(from, from)).toBe('due');
});

test('numbers, money and documents', () => {
  expect([number(1_234_567.5), money(5.814, 'USD'), money(0.000003, 'USD')]).toEqual([
    '1,234,567.5',
    '5.81 USD',
    '0.000003 USD',
  ]);
  expect([pretty('{"a":1}'), pretty('{')]).toEqual(['{\n  "a": 1\n}', '{']);
});
