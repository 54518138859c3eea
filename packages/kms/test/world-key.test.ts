// A key of the world is overwritten behind its work, however that ends.

import { expect, test } from 'vitest';
import { withWorldKey } from '../src/world-key.ts';

const world = { key: (purpose: string) => new Uint8Array(32).fill(purpose.length) };

test('is given to the work, and overwritten behind it', () => {
  let kept: Uint8Array | undefined;
  const first = withWorldKey(world, 'seven77', (key) => {
    kept = key;
    return key[0];
  });
  expect([first, kept]).toEqual([7, new Uint8Array(32)]);
});

test('also where the work fails', () => {
  let kept: Uint8Array | undefined;
  const work = (key: Uint8Array): never => {
    kept = key;
    throw new Error('no');
  };
  expect(() => withWorldKey(world, 'x', work)).toThrow('no');
  expect(kept).toEqual(new Uint8Array(32));
});
