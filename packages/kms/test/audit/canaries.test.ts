// The scanner itself: it finds what is planted, in every encoding.

import { describe, expect, test } from 'vitest';
import { encodings, hits } from './canaries.ts';

const secret = Uint8Array.from({ length: 32 }, (_, at) => (at * 41 + 200) & 255);
const canaries = [{ name: 'planted', secret }];

describe.each(Object.keys(encodings))('%s', (name) => {
  test('is found within other text, and not when a byte differs', () => {
    const other = Uint8Array.from(secret, (byte, at) => (at === 16 ? byte ^ 1 : byte));
    for (const face of encodings[name]?.(secret) ?? expect.fail('no encoding')) {
      expect(hits(canaries, `{"a":"${face}"}`).map(({ encoding }) => encoding)).toContain(name);
      expect(face.length).toBeGreaterThan(24);
    }
    for (const face of encodings[name]?.(other) ?? []) expect(hits(canaries, face)).toEqual([]);
  });
});

test('there are ten encodings', () => {
  expect(Object.keys(encodings)).toHaveLength(10);
});

test('base64 of bytes that stand among others is found, however they are aligned', () => {
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([new Uint8Array(before), secret, new Uint8Array(5)]).toString('base64');
    expect(hits(canaries, text)).toContainEqual({ canary: 'planted', encoding: 'base64' });
  }
});

test('a short canary is refused: it would be found by chance', () => {
  expect(() => hits([{ name: 'short', secret: new Uint8Array(4) }], '')).toThrow(RangeError);
});
