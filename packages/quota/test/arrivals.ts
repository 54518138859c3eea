// How requests come, and what buckets hold.

import { fc } from '@fast-check/vitest';

export const bursts: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(1, 2, 5),
  fc.double({ min: 1, max: 20, noNaN: true }),
);
// Most come close together; some after a jump of the clock, ahead or (a live one) back.
export const gaps: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 400, max: 30_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(86_400_000, 365 * 86_400_000, -5_000) },
);
