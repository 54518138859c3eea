// Secrets of stores: sealed, bound to the store and to the world.

import { expect, test } from 'vitest';
import { openSecret, proxySecret, sealSecret } from '../../src/key-stores/secrets.ts';
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

test('the secret of a proxy is what its record says, in the world that sealed it', () => {
  const [{ kms }, another] = [new TestEngine(), new TestEngine({ seed: 'another' }).kms];
  const use = { connectivity: 'PUBLIC_ENDPOINT', endpoint: 'https://x', path: '/p', accessKeyId: 'A' } as const;
  const first = { ...use, secret: sealSecret(kms, 'cks-1', 'one') };
  const second = { ...use, secret: sealSecret(kms, 'cks-1', 'two') };
  for (const time of [1, 2]) {
    expect([time, proxySecret(kms, 'cks-1', first)]).toEqual([time, 'one']);
    expect([time, proxySecret(kms, 'cks-1', second)]).toEqual([time, 'two']);
    expect([time, proxySecret(another, 'cks-1', first)]).toEqual([time, '']);
  }
});
