// The public names of @kmsim/quota.

export type { Bucket } from './bucket.ts';
export { granted, newBucket, retryAfterMs, take, usedAt, usualBurst } from './bucket.ts';
export type { Charge, Meter } from './meter.ts';
export { count, newMeter, pass, passAll } from './meter.ts';
export type { RateFault } from './rate.ts';
export { rateFault } from './rate.ts';
