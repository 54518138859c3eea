// Waiting, and a limit to it.

import { expect, test } from 'vitest';
import { timeLimit, wait } from '../../src/targets/real-time.ts';

test('waits about as long as it is told', async () => {
  const began = performance.now();
  await wait(60);
  expect(performance.now() - began).toBeGreaterThan(50);
});

test('a limit aborts when it is reached', async () => {
  const { signal } = timeLimit(20);
  expect(signal.aborted).toBe(false);
  await wait(60);
  expect(signal.aborted).toBe(true);
});

test('a limit that was stopped does not', async () => {
  const { signal, stop } = timeLimit(20);
  stop();
  await wait(60);
  expect(signal.aborted).toBe(false);
});
