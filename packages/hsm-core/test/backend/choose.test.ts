// Which backend is chosen where.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseBackend } from '../../src/backend/choose.ts';

describe('where node:crypto is', () => {
  test('the native backend serves unless the portable one is asked for', () => {
    expect(chooseBackend()?.name).toBe('native');
    expect(chooseBackend('native')?.name).toBe('native');
    expect(chooseBackend('portable')?.name).toBe('portable');
  });
});

describe.each([
  ['a browser, without a process', undefined],
  ['a process that knows no node:crypto', { versions: {}, getBuiltinModule: (): undefined => undefined }],
  ['a process that gives no modules', { versions: {} }],
])('in %s', (_name, process) => {
  afterEach(() => vi.unstubAllGlobals());

  function chosen(name?: 'native' | 'portable'): string | undefined {
    const { process: real } = globalThis;
    // The test runner wants its process back before it does anything else.
    vi.stubGlobal('process', process);
    try {
      return chooseBackend(name)?.name;
    } finally {
      globalThis.process = real;
    }
  }

  test('the portable backend serves, and there is no native one', () => {
    expect(chosen()).toBe('portable');
    expect(chosen('portable')).toBe('portable');
    expect(chosen('native')).toBeUndefined();
  });
});
