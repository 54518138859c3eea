// CBOR in one form only, and not deeper than a document.

import { describe, expect, test } from 'vitest';
import { type Cbor, readCbor, writeCbor } from '../src/cbor.ts';

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, 'hex'));

describe('what a document is made of is read', () => {
  test.each<[string, Cbor]>([
    ['00', 0],
    ['3822', -35],
    ['1b0000019700000000', 0x19700000000],
    ['43010203', Uint8Array.of(1, 2, 3)],
    ['62c3a4', 'ä'],
    ['f6', null],
    ['8101', [1]],
    [
      'a201020304',
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
  ])('%s', (digits, value) => {
    expect(readCbor(hex(digits))).toEqual(value);
    expect(Buffer.from(writeCbor(value)).toString('hex')).toBe(digits);
  });

  test('maps keep their order', () => {
    const map = new Map<Cbor, Cbor>([
      ['bb', 1],
      ['a', 2],
      [10, 3],
      [2, 4],
    ]);
    expect([...(readCbor(writeCbor(map)) as typeof map)]).toEqual([...map]);
  });
});

describe('everything else is refused', () => {
  test.each([
    ['nothing', ''],
    ['bytes behind it', '0000'],
    ['a number longer than it must be', '1800'],
    ['a length longer than it must be', '580101'],
    ['an array of indefinite length', '9f01ff'],
    ['a map of indefinite length', 'bf0102ff'],
    ['bytes of indefinite length', '5f4101ff'],
    ['text of indefinite length', '7f6161ff'],
    ['a lone break', 'ff'],
    ['a key twice', 'a201020103'],
    ['a text key twice', 'a2616101616102'],
    ['a float', 'f93c00'],
    ['a whole float', 'fb3ff0000000000000'],
    ['true', 'f5'],
    ['undefined', 'f7'],
    ['a tag', 'd8184101'],
    ['tag 18, inside', '81d280'],
    ['a number beyond 2^53', '1bffffffffffffffff'],
    ['text that is no UTF-8', '62c328'],
    ['an array cut short', '8201'],
    ['an array of four thousand million', '9affffffff'],
    ['bytes cut short', '4201'],
    ['bytes of four thousand million', '5affffffff'],
  ])('%s', (_, digits) => {
    expect(readCbor(hex(digits))).toBeUndefined();
  });

  test('a hundred thousand arrays in one another', () => {
    expect(readCbor(new Uint8Array(100_000).fill(0x81))).toBeUndefined();
    expect(readCbor(hex(`${'81'.repeat(255)}00`))).toBeDefined();
    expect(readCbor(hex(`${'81'.repeat(256)}00`))).toBeUndefined();
  });
});
