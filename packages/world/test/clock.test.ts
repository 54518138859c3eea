// The two clocks: one that is moved, one that runs with a machine.

import { describe, expect, test } from 'vitest';
import { type Clock, runningClock, virtualClock } from '../src/clock.ts';

describe('virtualClock', () => {
  test('stands still until it is moved', () => {
    const clock = virtualClock(1_000);
    expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
    clock.moveTo(5_000);
    expect(clock.now()).toBe(5_000);
  });

  test('never goes back', () => {
    const clock = virtualClock(1_000);
    clock.moveTo(999);
    clock.moveTo(Number.NEGATIVE_INFINITY);
    clock.moveTo(Number.NaN);
    expect(clock.now()).toBe(1_000);
  });
});

describe('runningClock', () => {
  /** A machine whose instant is set by hand, and a clock that runs with it. */
  class Machine {
    at: number;
    readonly clock: Clock = runningClock(() => this.at);

    constructor(start: number) {
      this.at = start;
    }
  }

  test('runs with the machine', () => {
    const running = new Machine(100);
    expect(running.clock.now()).toBe(100);
    running.at = 250;
    expect(running.clock.now()).toBe(250);
  });

  test('is not taken back by a machine that is set back, and goes on when it has caught up', () => {
    const running = new Machine(1_000);
    expect(running.clock.now()).toBe(1_000);
    running.at = 400;
    expect(running.clock.now()).toBe(1_000);
    running.at = 1_001;
    expect(running.clock.now()).toBe(1_001);
  });

  test('moved ahead, it runs on from there', () => {
    const running = new Machine(1_000);
    running.clock.moveTo(90_000);
    expect(running.clock.now()).toBe(90_000);
    running.at = 1_007;
    expect(running.clock.now()).toBe(90_007);
    running.clock.moveTo(50_000);
    expect(running.clock.now()).toBe(90_007);
  });

  test('reaches the instant it is moved to although the machine was set back before', () => {
    const running = new Machine(1_000);
    expect(running.clock.now()).toBe(1_000);
    running.at = 400;
    running.clock.moveTo(2_000);
    expect(running.clock.now()).toBe(2_000);
    running.at = 405;
    expect(running.clock.now()).toBe(2_005);
  });

  test('answers no instant before its start', () => {
    let at = 10;
    const clock = runningClock(() => at, 500);
    expect(clock.now()).toBe(500);
    at = 600;
    expect(clock.now()).toBe(600);
  });
});
