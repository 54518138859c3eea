// A text under a key that somebody else keeps: known bytes, every bit, and nothing readable.

import { describe, expect, test } from 'vitest';
import { chooseBackend } from '../src/backend/choose.ts';
import { openText, sealText } from '../src/sealed-text.ts';

const key = Uint8Array.from({ length: 32 }, (_, at) => at);

describe.each(['native', 'portable'] as const)('%s', (name) => {
  const backend = chooseBackend(name);
  if (backend === undefined) throw new Error('no such backend');

  test('what was sealed opens, and is written nowhere', () => {
    const sealed = sealText(backend, key, 'a secret of somebody, é');
    expect(openText(backend, key, sealed)).toBe('a secret of somebody, é');
    expect(Buffer.from(sealed).includes('secret')).toBe(false);
    expect(openText(backend, key, sealText(backend, key, ''))).toBe('');
  });

  test('the same text gives the same bytes, another or under another key has none of them', () => {
    const sealed = sealText(backend, key, 'text');
    expect(sealText(backend, key, 'text')).toEqual(sealed);
    expect(sealText(backend, key, 'texT').subarray(0, 12)).not.toEqual(sealed.subarray(0, 12));
    expect(sealText(backend, key.toReversed(), 'text').subarray(0, 12)).not.toEqual(sealed.subarray(0, 12));
    expect(sealText(chooseBackend(name === 'native' ? 'portable' : 'native') ?? backend, key, 'text')).toEqual(sealed);
  });

  test('not with a bit changed, a byte missing, or a bit of the key changed', () => {
    const sealed = sealText(backend, key, 'text');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openText(backend, key, changed)).toBeUndefined();
    }
    for (let length = 0; length < sealed.length; length++)
      expect(openText(backend, key, sealed.subarray(0, length))).toBeUndefined();
    for (let bit = 0; bit < 256; bit++) {
      const other = key.slice();
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openText(backend, other, sealed)).toBeUndefined();
    }
    expect(openText(backend, key.subarray(1), sealed)).toBeUndefined();
    expect(() => sealText(backend, new Uint8Array(16), 'text')).toThrow(RangeError);
  });
});
