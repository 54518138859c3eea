// Laws of base64: both ways agree with each other and with Node's, and only the one spelling of some bytes decodes.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { base64Fault, decodeBase64, decodePortably, encodeBase64, encodePortably } from '../../src/api/base64.ts';

const bytes = fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ minLength: 80, maxLength: 300 }));
const letters = fc.string({ unit: fc.constantFrom(...'AQgwxyz+/=-_ \n09é€'), maxLength: 200 });

test.prop([bytes])('encoding is that of Node', (value) => {
  const text = Buffer.from(value).toString('base64');
  expect(encodeBase64(value)).toBe(text);
  expect(encodePortably(value)).toBe(text);
});

test.prop([bytes, fc.nat(7)])('a view is encoded, not its buffer', (value, offset) => {
  const view = value.subarray(offset);
  expect(encodeBase64(view)).toBe(encodeBase64(new Uint8Array(view)));
});

test.prop([bytes])('what was encoded decodes, into a buffer of its own', (value) => {
  for (const decode of [decodeBase64, decodePortably]) {
    const decoded = decode(encodeBase64(value));
    expect(decoded).toEqual(new Uint8Array(value));
    expect(decoded?.buffer.byteLength).toBe(value.length);
  }
});

test.prop([fc.oneof(letters, fc.string())])('both decoders take the same texts, and only canonical ones', (text) => {
  const decoded = decodeBase64(text);
  expect(decodePortably(text)).toEqual(decoded);
  if (decoded === undefined) expect(base64Fault(text)).not.toBe('');
  else expect(encodeBase64(decoded)).toBe(text);
});

test.prop([bytes.filter((value) => value.length > 0), fc.nat(), fc.constantFrom(...'AB/=-_ \n€')])(
  'another character gives other bytes or none',
  (value, index, character) => {
    const text = encodeBase64(value);
    const at = index % text.length;
    const changed = text.slice(0, at) + character + text.slice(at + 1);
    for (const decode of [decodeBase64, decodePortably]) {
      if (changed === text) expect(decode(changed)).toEqual(new Uint8Array(value));
      else expect(decode(changed)).not.toEqual(new Uint8Array(value));
    }
  },
);
