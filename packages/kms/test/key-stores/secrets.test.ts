// Secrets of stores: sealed, bound to the store and to the world.

import { expect, test } from 'vitest';
import { openSecret, sealSecret } from '../../src/key-stores/secrets.ts';
import { TestEngine } from '../engine.ts';

test('open where they were sealed, and nowhere else', () => {
  const { kms } = new TestEngine();
  const sealed = sealSecret(kms, 'cks-1', 'kmsPassword');
  expect(Buffer.from(sealed, 'base64').includes('kmsPassword')).toBe(false);
  expect(openSecret(kms, 'cks-1', sealed)).toBe('kmsPassword');
  expect(sealSecret(new TestEngine().kms, 'cks-1', 'kmsPassword')).toBe(sealed);
  expect(openSecret(kms, 'cks-2', sealed)).toBe('');
  expect(openSecret(new TestEngine({ seed: 'another' }).kms, 'cks-1', sealed)).toBe('');
  for (const text of ['', 'x', 'AAAA']) expect(openSecret(kms, 'cks-1', text)).toBe('');
});
