// The edges of each operator: what a value of a policy and a value of a request come to.

import { describe, expect, test } from 'vitest';
import { OPERATORS } from '../src/operators.ts';

function agrees(operator: string, written: string, asked: string): boolean {
  const found = OPERATORS.get(operator);
  if (found === undefined) throw new Error(`no operator ${operator}`);
  const test = found.compile([{ text: written, literal: false }]);
  return test?.(asked) ?? false;
}

describe('Numeric', () => {
  test.each([
    // policy, request, equal
    ['100', '1e2', true],
    ['1e2', '100.00', true],
    ['1E+2', '100', true],
    ['0.1', '.1', true],
    ['5.', '5', true],
    ['-0', '0', true],
    ['+5', '5', true],
    ['05', '5', true],
    ['5', ' 5', false],
    [' 5', '5', false],
    [' 5', ' 5', false],
    ['16', '0x10', false],
    ['NaN', 'NaN', false],
    ['Infinity', 'Infinity', false],
    ['', '0', false],
    ['.', '0', false],
    ['1e', '1', false],
    ['1e1000', '1e1000', false],
    ['1e999', '1e999', true],
    ['9007199254740992', '9007199254740993', false],
    ['9007199254740993', '9007199254740993.0', true],
    ['0.1', '0.10000000000000000000001', false],
  ])('%j equals %j: %s', (written, asked, equal) => {
    expect(agrees('NumericEquals', written, asked)).toBe(equal);
  });

  test.each([
    // request, policy, less
    ['1546257600.0', '1546257599.0', false],
    ['1546257598.9', '1546257599.0', true],
    ['9007199254740992', '9007199254740993', true],
    ['-1', '0', true],
    ['-10', '-9', true],
    ['abc', '5', false],
    ['5', 'abc', false],
  ])('%j is less than %j: %s', (asked, written, less) => {
    expect(agrees('NumericLessThan', written, asked)).toBe(less);
    const numbers = [asked, written].every((text) => /^-?[\d.]+$/.test(text));
    expect(agrees('NumericGreaterThanEquals', written, asked)).toBe(numbers && !less);
    expect(agrees('NumericGreaterThan', asked, written)).toBe(less);
    expect(agrees('NumericLessThanEquals', asked, written)).toBe(numbers && !less);
  });
});

describe('Date', () => {
  test.each([
    ['2024-01-01T00:00:00Z', '2024-01-01', true],
    ['2024-01-01', '2024', true],
    ['2024-02', '2024-02-01T00:00:00+00:00', true],
    ['2024-01-01T02:00:00+02:00', '2024-01-01T00:00:00Z', true],
    ['2024-01-01T02:00:00+0200', '2024-01-01T00:00:00Z', true],
    ['2023-12-31T19:00-05:00', '2024-01-01T00:00Z', true],
    ['2024-01-01T00:00:00.5Z', '2024-01-01T00:00:00.500Z', true],
    ['1704067200', '2024-01-01T00:00:00Z', true],
    ['1704067200.0', '2024-01-01T00:00:00Z', true],
    ['1.7040672E9', '2024-01-01T00:00:00Z', true],
    // A leap second is the first second of the next minute.
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z', true],
    ['2016-12-31T23:59:61Z', '2017-01-01T00:00:01Z', false],
    ['2024-02-29', '2024-02-29T00:00:00Z', true],
    ['2023-02-29', '2023-02-29', false],
    ['2024-13-01', '2024-13-01', false],
    ['2024-01-01T24:00:00Z', '2024-01-02', false],
    ['2024-01-01T00:00:00+24:00', '2024-01-01T00:00:00+24:00', false],
    ['2024-1-1', '2024-01-01', false],
    ['yesterday', 'yesterday', false],
    ['', '', false],
    [' 2024-01-01', '2024-01-01', false],
    ['0050', '0050', false],
  ])('%j equals %j: %s', (written, asked, equal) => {
    expect(agrees('DateEquals', written, asked)).toBe(equal);
    expect(agrees('DateEquals', asked, written)).toBe(equal);
  });

  test('orders instants, not texts', () => {
    expect(agrees('DateLessThan', '2024-01-01T00:00:00-01:00', '2024-01-01T00:30:00Z')).toBe(true);
    expect(agrees('DateGreaterThan', '1704067200', '2024-01-01T00:00:01Z')).toBe(true);
    expect(agrees('DateLessThanEquals', '2024', '2024-01-01')).toBe(true);
    expect(agrees('DateGreaterThanEquals', 'never', '2024-01-01')).toBe(false);
  });
});

describe('Bool', () => {
  test.each([
    ['true', 'true', true],
    ['True', 'true', true],
    ['true', 'TRUE', true],
    ['false', 'false', true],
    ['true', 'false', false],
    ['1', '1', false],
    ['true', '1', false],
    ['yes', 'yes', false],
    ['', '', false],
    [' true', 'true', false],
  ])('%j agrees with %j: %s', (written, asked, expected) => {
    expect(agrees('Bool', written, asked)).toBe(expected);
  });
});

describe('IpAddress', () => {
  test.each([
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1/32', '192.0.2.1', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '203.0.113.9', false],
    // Bits of the host do not count.
    ['192.0.2.77/24', '192.0.2.1', true],
    ['192.0.2.0/33', '192.0.2.0', false],
    ['2001:db8::/129', '2001:db8::', false],
    ['192.0.2.0/', '192.0.2.0', false],
    ['192.0.2.0/24/24', '192.0.2.0', false],
    ['192.0.2.0/-1', '192.0.2.0', false],
    // IPv4 through an IPv6 socket.
    ['192.0.2.0/24', '::ffff:192.0.2.9', true],
    ['::ffff:192.0.2.0/120', '192.0.2.9', true],
    ['::ffff:c000:200/120', '192.0.2.9', true],
    ['::/0', '::ffff:192.0.2.9', false],
    ['2001:db8::/32', '2001:0DB8:0:0::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['2001:db8::1::', '2001:db8::1', false],
    ['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8', false],
    ['1:2:3:4:5:6:7', '1:2:3:4:5:6:7:0', false],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
    ['012.0.2.1', '12.0.2.1', false],
    ['192.0.2', '192.0.2.0', false],
    ['192.0.2.256', '192.0.2.256', false],
    ['fe80::1%eth0', 'fe80::1', false],
    ['', '', false],
  ])('%j holds %j: %s', (written, asked, expected) => {
    expect(agrees('IpAddress', written, asked)).toBe(expected);
  });
});

describe.each(['ArnEquals', 'ArnLike'])('%s', (operator) => {
  test.each([
    ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket', true],
    ['arn:aws:s3:::*', 'arn:aws:s3:::bucket/a:b', true],
    ['arn:*:s3:*:*:buck?t', 'arn:aws:s3:::bucket', true],
    // A star stays within its part.
    ['arn:aws:*:bucket', 'arn:aws:s3:::bucket', false],
    ['arn:aws:s3*', 'arn:aws:s3:::bucket', false],
    ['*', 'arn:aws:s3:::bucket', false],
    ['arn:aws:iam::1*:role/App', 'arn:aws:iam::111122223333:role/App', true],
    ['arn:aws:iam::*:role/App', 'arn:aws:iam::1:x:role/App', false],
    ['arn:aws:s3:::Bucket', 'arn:aws:s3:::bucket', false],
    ['arn:aws:s3:::bucket', 'arn:aws:s3::', false],
    ['arn:aws:s3:::', 'arn:aws:s3:::', true],
    ['', '', false],
  ])('%j matches %j: %s', (written, asked, expected) => {
    expect(agrees(operator, written, asked)).toBe(expected);
  });
});

describe('String', () => {
  test.each([
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a*', 'a*', true],
    ['StringEquals', '', '', true],
    ['StringEquals', 'é', 'e\u0301', false],
    ['StringEqualsIgnoreCase', 'AbC', 'aBc', true],
    ['StringEqualsIgnoreCase', 'K', '\u212a', false],
    ['StringLike', 'a*c?', 'abbbcd', true],
    ['StringLike', 'a*', 'Ab', false],
    ['StringLike', '*', '', true],
    ['StringLike', '?', '', false],
    ['StringLike', 'a.c', 'abc', false],
  ])('%s: %j and %j: %s', (operator, written, asked, expected) => {
    expect(agrees(operator, written, asked)).toBe(expected);
  });
});

describe('BinaryEquals', () => {
  test.each([
    ['QQ==', 'QQ==', true],
    ['QUI=', 'QUI=', true],
    ['QUJD', 'QUJD', true],
    ['', '', true],
    ['QQ', 'QQ', false],
    ['QR==', 'QR==', false],
    ['QQ==', 'qq==', false],
    ['-_-_', '-_-_', false],
    ['QQ==\n', 'QQ==\n', false],
  ])('%j is %j: %s', (written, asked, expected) => {
    expect(agrees('BinaryEquals', written, asked)).toBe(expected);
  });
});

test('every operator of the page is there', () => {
  expect([...OPERATORS.keys()].filter((name) => name.startsWith('String'))).toHaveLength(6);
  expect([...OPERATORS.keys()].filter((name) => name.startsWith('Numeric'))).toHaveLength(6);
  expect([...OPERATORS.keys()].filter((name) => name.startsWith('Date'))).toHaveLength(6);
  expect([...OPERATORS.keys()].filter((name) => name.startsWith('Arn'))).toHaveLength(4);
  expect([...OPERATORS.keys()]).toEqual(expect.arrayContaining(['Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress']));
});
