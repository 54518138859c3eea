// What is loaded passes, what is not raises Loading with the library to wait for.

import { describe, expect, test } from 'vitest';
import { Loading, loaded } from '../src/loading.ts';

describe('loaded', () => {
  test.each([0, '', false, undefined, null, new Uint8Array(1)])('%j is itself', (value) => {
    expect(loaded(value)).toBe(value);
  });

  test('a promise is a library that is not there yet', () => {
    const library = Promise.resolve('later');
    let raised: unknown;
    try {
      loaded(library);
    } catch (error) {
      raised = error;
    }
    expect(raised).toBeInstanceOf(Loading);
    expect((raised as Loading).library).toBe(library);
  });
});

test('it is no error: nobody who catches errors takes it for one of KMS', () => {
  expect(new Loading(Promise.resolve())).not.toBeInstanceOf(Error);
});
