// A bucket that counts: how many requests came, how many were too many, and the busiest second.

import { type Bucket, granted, retryAfterMs, take, usualBurst } from './bucket.ts';

export interface Meter extends Bucket {
  /** Requests that came. */
  calls: number;
  /** Of these, how many the bucket had no room for. */
  throttled: number;
  /** Requests in the busiest second of the clock. */
  peak: number;
  /** The second of the last request, since the epoch, and how many came in it. */
  second: number;
  inSecond: number;
}

export function newMeter(perSecond: number, at: number, burst: number = usualBurst(perSecond)): Meter {
  return { perSecond, burst, used: 0, at, calls: 0, throttled: 0, peak: 0, second: 0, inSecond: 0 };
}

/** Counts a request and lets it pass, or not: as `take`. */
export function pass(meter: Meter, now: number, cost = 1): number {
  count(meter, now, cost);
  const wait = take(meter, now, cost);
  if (wait !== granted) meter.throttled += cost;
  return wait;
}

/** Counts a request, whatever becomes of it. */
export function count(meter: Meter, now: number, cost = 1): void {
  meter.calls += cost;
  const second = Math.floor(now / 1000);
  if (second !== meter.second) {
    meter.second = second;
    meter.inSecond = 0;
  }
  meter.inSecond += cost;
  if (meter.inSecond > meter.peak) meter.peak = meter.inSecond;
}

/** One of several meters that a request is counted on. */
export interface Charge {
  readonly meter: Meter;
  readonly cost: number;
}

/** Counts a request on all meters. It passes when all have room, and otherwise uses up nothing anywhere: the longest wait. */
export function passAll(charges: readonly Charge[], now: number): number {
  let longest: number = granted;
  for (const { cost, meter } of charges) {
    count(meter, now, cost);
    const wait = retryAfterMs(meter, now, cost);
    if (wait === granted) continue;
    meter.throttled += cost;
    longest = Math.max(longest, wait);
  }
  if (longest === granted) for (const { cost, meter } of charges) take(meter, now, cost);
  return longest;
}
