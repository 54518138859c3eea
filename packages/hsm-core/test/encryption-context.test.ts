// The canonical form of an encryption context, byte by byte.

import { describe, expect, test } from 'vitest';
import { type ContextFault, type EncryptionContext, maxContextBytes, writeContext } from '../src/encryption-context.ts';

function form(...pairs: readonly (readonly [string, string])[]): string | ContextFault {
  return formOf(new Map(pairs));
}

function formOf(context: EncryptionContext | undefined): string | ContextFault {
  const out = new Uint8Array(maxContextBytes);
  const end = writeContext(context, out, 0);
  return typeof end === 'number' ? Buffer.from(out.subarray(0, end)).toString('latin1') : end;
}

/** A context whose form is `length` bytes: 2 for the count, 2 and 1 for the key, 2 before the value. */
const ofLength = (length: number): EncryptionContext => new Map([['k', 'v'.repeat(length - 7)]]);

describe('the form', () => {
  test('no context and an empty one have no bytes', () => {
    expect(formOf(undefined)).toBe('');
    expect(form()).toBe('');
  });

  test('is the number of pairs, then each key and value behind its length', () => {
    expect(form(['ab', 'c'])).toBe('\0\x01\0\x02ab\0\x01c');
    expect(form(['b', '2'], ['a', '1'])).toBe('\0\x02\0\x01a\0\x011\0\x01b\0\x012');
    expect(form(['é', ''])).toBe('\0\x01\0\x02\xc3\xa9\0\0');
    expect(form(['k', 'v'.repeat(300)])).toBe(`\0\x01\0\x01k\x01\x2c${'v'.repeat(300)}`);
  });

  test('starts where it is told and touches nothing else', () => {
    const out = new Uint8Array(40).fill(0xee);
    expect(writeContext(new Map([['ab', 'c']]), out, 10)).toBe(19);
    expect(Buffer.from(out).toString('latin1')).toBe(`${'\xee'.repeat(10)}\0\x01\0\x02ab\0\x01c${'\xee'.repeat(21)}`);
  });

  test('sorts keys by their UTF-8 bytes, where JavaScript sorts U+10000 before U+FF5E', () => {
    const [wave, linearB] = ['\uff5e', '\u{10000}'];
    expect([wave, linearB].sort()).toEqual([linearB, wave]);
    const expected = '\0\x02\0\x03\xef\xbd\x9e\0\x011\0\x04\xf0\x90\x80\x80\0\x012';
    expect(form([linearB, '2'], [wave, '1'])).toBe(expected);
    expect(form([wave, '1'], [linearB, '2'])).toBe(expected);
  });

  test.each([
    ['\u007f', '\x7f'],
    ['\u0080', '\xc2\x80'],
    ['\u07ff', '\xdf\xbf'],
    ['\u0800', '\xe0\xa0\x80'],
    ['\uffff', '\xef\xbf\xbf'],
    ['\u{10000}', '\xf0\x90\x80\x80'],
    ['\u{10ffff}', '\xf4\x8f\xbf\xbf'],
  ])('has %j in as few bytes as UTF-8 has for it', (value, bytes) => {
    expect(form(['k', value])).toBe(`\0\x01\0\x01k\0${String.fromCharCode(bytes.length)}${bytes}`);
  });

  test.each([2, 8, 9, 10, 40])('of %i pairs is the same in whatever order they come', (count) => {
    const names = Array.from({ length: count }, (_, at) => String.fromCodePoint(0x61 + at));
    const pairs = names.map((name) => [name, ''] as const);
    const sorted = names.map((name) => {
      const bytes = Buffer.from(name).toString('latin1');
      return `\0${String.fromCharCode(bytes.length)}${bytes}\0\0`;
    });
    const expected = `\0${String.fromCharCode(count)}${sorted.join('')}`;
    expect(form(...pairs)).toBe(expected);
    expect(form(...pairs.toReversed())).toBe(expected);
  });

  test('sorts a key before those it begins', () => {
    expect(form(['aa', ''], ['a', ''], ['', ''])).toBe('\0\x03\0\0\0\0\0\x01a\0\0\0\x02aa\0\0');
  });
});

describe('contexts that look alike have different forms', () => {
  test.each<[string, EncryptionContext, EncryptionContext]>([
    ['a border shifted between key and value', new Map([['ab', 'c']]), new Map([['a', 'bc']])],
    [
      'a border shifted between pairs',
      new Map([
        ['a', 'b'],
        ['c', 'd'],
      ]),
      new Map([['a', 'b\0\x01c\0\x01d']]),
    ],
    ['key and value exchanged', new Map([['a', 'b']]), new Map([['b', 'a']])],
    ['an empty value and no pair', new Map([['a', '']]), new Map()],
    ['an empty key and no pair', new Map([['', '']]), new Map()],
    ['letter case', new Map([['Tenant', '1']]), new Map([['tenant', '1']])],
    ['composed and decomposed é', new Map([['k', '\u00e9']]), new Map([['k', 'e\u0301']])],
    ['trailing NUL', new Map([['k', 'v']]), new Map([['k', 'v\0']])],
    ['the name of the prototype and no pair', new Map([['__proto__', 'tenant-1']]), new Map()],
    ['two prototypes', new Map([['__proto__', 'tenant-1']]), new Map([['__proto__', 'tenant-2']])],
    [
      'two signing keys of the AWS Encryption SDK',
      new Map([['aws-crypto-public-key', 'A']]),
      new Map([['aws-crypto-public-key', 'B']]),
    ],
    ['U+FFFD and another character', new Map([['k', '\ufffd']]), new Map([['k', '?']])],
  ])('%s', (_name, one, other) => {
    expect(formOf(one)).not.toBe(formOf(other));
  });
});

describe('what has no form', () => {
  // UTF-8 encoders write the same three bytes for every lone surrogate.
  test.each([
    ['a high surrogate in a value', 'k', '\ud800'],
    ['a low surrogate in a value', 'k', 'a\udc00'],
    ['a pair the wrong way round', 'k', '\udc00\ud800'],
    ['a high surrogate in a key', '\ud800k', 'v'],
  ])('%s', (_name, key, value) => {
    expect(form([key, value])).toBe('ill-formed string');
    expect(form([key, value], ['another', 'pair'])).toBe('ill-formed string');
  });

  test('8,192 bytes are taken, 8,193 are not', () => {
    expect(formOf(ofLength(maxContextBytes))).toHaveLength(8192);
    expect(formOf(ofLength(maxContextBytes + 1))).toBe('too large');
  });

  test('the limit is counted in bytes, and from where the form starts', () => {
    const twoBytesEach = 'é'.repeat(4092);
    expect(form(['k', `${twoBytesEach}x`])).toHaveLength(8192);
    expect(form(['k', `${twoBytesEach}xx`])).toBe('too large');
    expect(form(['k', `${twoBytesEach}é`])).toBe('too large');
    expect(form(['é'.repeat(5000), ''])).toBe('too large');
    const out = new Uint8Array(54 + maxContextBytes);
    expect(writeContext(ofLength(maxContextBytes), out, 54)).toBe(54 + maxContextBytes);
    expect(writeContext(ofLength(maxContextBytes + 1), out, 54)).toBe('too large');
  });

  test('more pairs than the count can tell are too large', () => {
    const many = new Map(Array.from({ length: 65_537 }, (_, at) => [String(at), '']));
    expect(formOf(many)).toBe('too large');
  });
});
