// The first bytes of a blob of a custom key store.

import { describe, expect, test } from 'vitest';
import { blobHeader, Fields, readHeader } from '../../src/key-stores/store-blob.ts';

const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

describe.each(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const)('%s', (kind) => {
  test('names its key and its kind', () => {
    expect(readHeader(blobHeader(kind, keyId, 'encrypt'))).toEqual({ keyId, kind });
  });

  test('a byte that is not as it was makes it none, or another kind', () => {
    const header = blobHeader(kind, keyId, 'data key by spec');
    for (let at = 0; at < header.length; at++) {
      const damaged = header.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x80;
      // The operation is authenticated with the rest, and is not looked at here.
      if (at === 2) continue;
      expect(readHeader(damaged), `byte ${at}`).toBeUndefined();
    }
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
