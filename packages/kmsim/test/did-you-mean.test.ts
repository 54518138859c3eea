// What somebody may have meant.

import { expect, test } from 'vitest';
import { nearest } from '../src/did-you-mean.ts';

const options = ['seed', 'start', 'region', 'via', 'as', 'keyId', 'aliasName', 'encryptionContext'];

test.each([
  ['sed', 'seed'],
  ['vai', 'via'],
  ['As', 'as'],
  ['SEED', 'seed'],
  ['regoin', 'region'],
  ['key', 'keyId'],
  ['context', 'encryptionContext'],
  ['encryptionContexts', 'encryptionContext'],
])('%j is near %j', (written, meant) => {
  expect(nearest(written, options)).toBe(meant);
});

test.each(['', 'x', 'organization', '__proto__', 'x'.repeat(10_000)])('%j is near nothing', (written) => {
  expect(nearest(written, options)).toBeUndefined();
});

test('the nearest of several is meant', () => {
  expect(nearest('scp', ['rcps', 'scps'])).toBe('scps');
  expect(nearest('policy', ['policyText', 'policies', 'policy'])).toBe('policy');
});
