// Meters: what they count, and requests that are counted on several.

import { describe, expect, test } from 'vitest';
import { count, granted, newMeter, pass, passAll } from '../src/index.ts';

const noon = Date.UTC(2026, 0, 1, 12);

describe('a meter', () => {
  test('counts who came, who was too many, and the busiest second', () => {
    const meter = newMeter(2, noon);
    for (const at of [0, 100, 200, 300, 1_000, 5_000]) pass(meter, noon + at);
    expect(meter).toMatchObject({ calls: 6, throttled: 2, peak: 4 });
  });

  test('counts a request that costs more as that many', () => {
    const meter = newMeter(5, noon);
    expect(pass(meter, noon, 2)).toBe(granted);
    expect(meter).toMatchObject({ calls: 2, peak: 2, used: 2 });
  });

  test('can count without asking the bucket', () => {
    const meter = newMeter(1, noon);
    for (let n = 0; n < 3; n++) count(meter, noon);
    expect(meter).toMatchObject({ calls: 3, throttled: 0, used: 0 });
  });
});

describe('a request on several meters', () => {
  test('passes when all have room', () => {
    const wide = newMeter(100, noon);
    const narrow = newMeter(2, noon);
    expect(
      passAll(
        [
          { meter: wide, cost: 1 },
          { meter: narrow, cost: 2 },
        ],
        noon,
      ),
    ).toBe(granted);
    expect([wide.used, narrow.used]).toEqual([1, 2]);
  });

  test('uses up nothing anywhere when one has none, and is told the longest wait', () => {
    const wide = newMeter(100, noon);
    const narrow = newMeter(2, noon);
    const slow = newMeter(0.5, noon);
    for (const meter of [narrow, slow]) pass(meter, noon, meter.burst);
    const charges = [wide, narrow, slow].map((meter) => ({ meter, cost: 1 }));
    expect(passAll(charges, noon)).toBe(2_000);
    expect(wide).toMatchObject({ used: 0, calls: 1, throttled: 0 });
    expect(narrow).toMatchObject({ used: 2, calls: 3, throttled: 1 });
    expect(slow).toMatchObject({ used: 1, calls: 2, throttled: 1 });
  });
});
