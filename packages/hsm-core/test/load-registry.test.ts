// The registry loads with the primitives it works over, when the first of them is used.

import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/backend/backend.ts';
import type { Primitives } from '../src/backend/primitives.ts';
import { registryOver } from '../src/load-registry.ts';
import * as registry from '../src/registry.ts';
import { backends, native } from './backend/backends.ts';

test('it has the rows of every family and nothing else', () => {
  expect(Object.keys(registry).sort()).toEqual(['hmacHashes', 'keyPairKinds', 'wrappingKeys']);
});

describe.each(backends)('over the $name backend', (backend) => {
  test('it is a promise until all is there, and then the rows and the primitives', async () => {
    await registryOver(backend);
    await backend.primitives();
    const loaded = registryOver(backend);
    if (loaded instanceof Promise) expect.fail('not loaded');
    expect(loaded.primitives).toBe(backend.primitives());
    expect(loaded.keyPairKinds).toBe(registry.keyPairKinds);
  });
});

test('it waits for the primitives when the rows are there, each time until they come', async () => {
  await registryOver(native);
  const primitives = (await native.primitives()) as Primitives;
  let here = false;
  const slow: Backend = { ...native, primitives: () => (here ? primitives : Promise.resolve(primitives)) };
  expect(registryOver(slow)).toBeInstanceOf(Promise);
  expect(registryOver(slow)).toBeInstanceOf(Promise);
  here = true;
  expect(registryOver(slow)).not.toBeInstanceOf(Promise);
});

test('primitives that do not load are the failure of who waits', async () => {
  const broken: Backend = { ...native, primitives: () => Promise.reject(new Error('no such file')) };
  await expect(registryOver(broken)).rejects.toThrow('no such file');
});
