import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { decodeBase64, encodeBase64 } from '../src/base64.ts';

test.prop([fc.uint8Array()])('bytes come back', (bytes) => {
  expect(Uint8Array.from(decodeBase64(encodeBase64(bytes)) ?? [])).toEqual(bytes);
});

test.prop([fc.string()])('a text is the base64 of its bytes, or no base64', (text) => {
  const bytes = decodeBase64(text);
  if (bytes !== undefined) expect(encodeBase64(bytes)).toBe(text);
});

test.each([
  'QQ',
  'QQ=',
  'QR==',
  'QQ==\n',
  ' QQ==',
  'QQ== ',
  'QUI',
  '-_8=',
  'Q',
  '=',
  'QQ=Q',
  'QQ==QQ==',
  'é',
  '\u0000',
])('%j is no base64', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
