// Libraries that load when they are first used.

import { describe, expect, test } from 'vitest';
import { loadOnce } from '../../src/backend/load-once.ts';
import { NotInstalled } from '../../src/backend/not-installed.ts';

interface Library {
  readonly ask: () => unknown;
  readonly loads: () => number;
  arrive(value: string): void;
  fail(): void;
}

function library(): Library {
  let loads = 0;
  let arrive = (_: string): void => {};
  let fail = (): void => {};
  const ask = loadOnce(() => {
    loads += 1;
    return new Promise<string>((resolve, reject) => {
      arrive = resolve;
      fail = () => reject(new Error('no such file'));
    });
  });
  return { ask, loads: () => loads, arrive: (value) => arrive(value), fail: () => fail() };
}

test('nothing is loaded before somebody asks', () => {
  expect(library().loads()).toBe(0);
});

test('whoever asks while it loads waits for one and the same', async () => {
  const { arrive, ask, loads } = library();
  const [one, two] = [ask(), ask()];
  expect(one).toBeInstanceOf(Promise);
  expect(two).toBe(one);
  arrive('here');
  expect(await one).toBe('here');
  expect(loads()).toBe(1);
});

test('from then on it is there at once', async () => {
  const { arrive, ask, loads } = library();
  const first = ask();
  arrive('here');
  await first;
  expect([ask(), ask(), loads()]).toEqual(['here', 'here', 1]);
});

describe('one that does not load', () => {
  test('fails for whoever waits, and is tried again by the next', async () => {
    const { arrive, ask, fail, loads } = library();
    const [one, two] = [ask(), ask()];
    fail();
    await expect(one).rejects.toThrow('no such file');
    await expect(two).rejects.toThrow('no such file');
    const again = ask();
    expect(loads()).toBe(2);
    arrive('here');
    expect(await again).toBe('here');
    expect(ask()).toBe('here');
  });
});

test('one that is not installed is looked for once, and whoever asks then is told at once', async () => {
  let looked = 0;
  const ask = loadOnce(async () => {
    looked += 1;
    throw new NotInstalled('needs the package x');
  });
  await expect(ask()).rejects.toThrow('needs the package x');
  expect(ask).toThrow(NotInstalled);
  expect(ask).toThrow('needs the package x');
  expect(looked).toBe(1);
});
