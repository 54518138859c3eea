// Time limits on the machine's timer, which the test moves itself.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterMilliseconds, TimeLimits } from '../src/machine-timer.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('acts when the time is over, and not when it was called off', () => {
  const acted: string[] = [];
  const cancel = afterMilliseconds(1, () => acted.push('called off'));
  cancel();
  afterMilliseconds(5, () => acted.push('over'));
  vi.advanceTimersByTime(4);
  expect(acted).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(acted).toEqual(['over']);
});

/** Starts a limit and says when it was reached. */
function watch(limits: TimeLimits, reached: number[]): () => void {
  return limits.start(() => reached.push(performance.now()));
}

test('each limit is reached when its own time is over', () => {
  const limits = new TimeLimits(250);
  const reached: number[] = [];
  const began = performance.now();
  for (const pause of [0, 100, 0, 200, 1000]) {
    vi.advanceTimersByTime(pause);
    watch(limits, reached);
  }
  vi.advanceTimersByTime(1000);
  expect(reached.map((at) => at - began)).toEqual([250, 350, 350, 550, 1550]);
});

test('one that is called off is not reached, and the others are', () => {
  const limits = new TimeLimits(250);
  const reached: number[] = [];
  const began = performance.now();
  const first = watch(limits, reached);
  vi.advanceTimersByTime(50);
  watch(limits, reached);
  const last = watch(limits, reached);
  first();
  last();
  last();
  vi.advanceTimersByTime(1000);
  expect(reached.map((at) => at - began)).toEqual([300]);
});

test('one timer for all, and none when nothing runs', () => {
  const limits = new TimeLimits(250);
  for (let n = 0; n < 10; n++) watch(limits, [])();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(250);
  expect(vi.getTimerCount()).toBe(0);
});

test('what is reached may start the next', () => {
  const limits = new TimeLimits(250);
  const reached: number[] = [];
  const began = performance.now();
  limits.start(() => {
    watch(limits, reached);
    watch(limits, reached);
  });
  watch(limits, reached);
  vi.advanceTimersByTime(1000);
  expect(reached.map((at) => at - began)).toEqual([250, 500, 500]);
});
