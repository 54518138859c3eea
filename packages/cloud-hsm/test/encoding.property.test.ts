// Bytes and text, there and back.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { base64, fromBase64, fromHex, hex } from '../src/encoding.ts';

test.prop([fc.uint8Array({ maxLength: 200 })])('as Node writes them', (content) => {
  expect(base64(content)).toBe(Buffer.from(content).toString('base64'));
  expect(fromBase64(base64(content))).toEqual(content);
  expect(hex(content)).toBe(Buffer.from(content).toString('hex'));
  expect(fromHex(hex(content))).toEqual(content);
});

test.prop([fc.string({ maxLength: 40 })])('text that is no base64 gives nothing, and nothing throws', (text) => {
  const read = fromBase64(text);
  if (read !== undefined) expect(Buffer.from(text, 'base64')).toHaveLength(read.length);
});
