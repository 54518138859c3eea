// One element and nothing behind it.

import { describe, expect, test } from 'vitest';
import { indefinite, isOneElement } from '../src/der.ts';

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'));

describe('isOneElement', () => {
  test.each([
    ['3000', true],
    ['3003020101', true],
    [`3081ff${'00'.repeat(255)}`, true],
    [`30820100${'00'.repeat(256)}`, true],
    ['', false],
    ['30', false],
    ['3001', false],
    ['300000', false],
    ['3080020101', false],
    ['30800000', false],
    ['308102', false],
    ['3082', false],
    ['3084ffffffff', false],
    ['30ff00', false],
  ])('%s: %j', (digits, is) => {
    expect(isOneElement(hex(digits))).toBe(is);
  });
});

test('an element of indefinite length ends with two zeros', () => {
  expect(indefinite(0x30, hex('0201'), hex('05'))).toEqual(hex('3080020105' + '0000'));
});
