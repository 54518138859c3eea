// The first bytes of a blob of a custom key store.

import { describe, expect, test } from 'vitest';
import { blobHeader, Fields, readHeader } from '../../src/key-stores/store-blob.ts';

const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe.each(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const)('%s', (kind) => {
  test('names its key and its kind', () => {
    expect(readHeader(blobHeader(kind, keyId, 'encrypt'))).toEqual({ keyId, kind });
  });

  test('a bit that is not as it was makes it none', () => {
    const header = blobHeader(kind, keyId, 'data key by spec');
    for (let bit = 0; bit < header.length * 8; bit++) {
      const damaged = header.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      // The operation is authenticated with the rest, and is not looked at here.
      if (bit >> 3 === 2) continue;
      expect(readHeader(damaged), `bit ${bit}`).toBeUndefined();
    }
    // Nor does a kind of its own choosing.
    for (let other = 0; other < 256; other++)
      if (other !== header[37]) expect(readHeader(header.with(37, other)), `kind ${other}`).toBeUndefined();
    expect(readHeader(header.subarray(0, 37))).toBeUndefined();
  });
});

test('fields that are cut short are told', () => {
  const fields = new Fields(Uint8Array.of(2, 7, 8, 3, 1), 0);
  expect(fields.takeCounted()).toEqual(Uint8Array.of(7, 8));
  expect(fields.isWhole).toBe(true);
  fields.takeCounted();
  expect(fields.isWhole).toBe(false);
});
