// A token bucket: so many requests at once, and so many each second in the long run.

/** Plain data that JSON can carry. `take` changes it in place, so that the hot path makes no garbage. */
export interface Bucket {
  /** Requests a second in the long run; any fraction. */
  perSecond: number;
  /** Requests at once when nobody has come for a while. */
  burst: number;
  /** How much of the burst is used up at the instant `at`. */
  used: number;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What `take` says of a request that passes. */
export const granted = 0;

// Fractions of a rate are not exact in binary. A request may come early by a billionth of one, and what is left below that is nothing:
// so rounding never refuses who keeps to the rate, and does not add up.
const rounding = 1e-9;

/** A full bucket. Without `burst` it holds one second's requests, and always one. */
export function newBucket(perSecond: number, at: number, burst: number = usualBurst(perSecond)): Bucket {
  return { perSecond, burst, used: 0, at };
}

/** A second's worth; one request where the rate is below one a second. */
export function usualBurst(perSecond: number): number {
  return Math.max(1, perSecond);
}

/**
 * Lets a request pass, or not: `granted`, or the whole milliseconds after which it would pass if nobody else came (`Infinity`: it asks for
 * more than the burst). A refused request uses up nothing. A clock that stands still or goes back refills nothing.
 */
export function take(bucket: Bucket, now: number, cost = 1): number {
  const used = usedAt(bucket, now);
  // Who is refused moves the bucket's time, too: a clock that goes back afterwards finds it there.
  if (now > bucket.at) {
    bucket.at = now;
    bucket.used = used;
  }
  const lacking = used + cost - bucket.burst;
  if (lacking > rounding) return waitFor(bucket, cost, lacking);
  bucket.used = used + cost;
  return granted;
}

/** What `take` would say. Changes nothing. */
export function retryAfterMs(bucket: Bucket, now: number, cost = 1): number {
  const lacking = usedAt(bucket, now) + cost - bucket.burst;
  return lacking > rounding ? waitFor(bucket, cost, lacking) : granted;
}

/** How much of the burst is used up at an instant. */
export function usedAt({ at, perSecond, used }: Bucket, now: number): number {
  const elapsed = now - at;
  if (!(elapsed > 0)) return used;
  const left = used - (elapsed * perSecond) / 1000;
  return left > rounding ? left : 0;
}

function waitFor({ burst, perSecond }: Bucket, cost: number, lacking: number): number {
  return cost > burst + rounding
    ? Number.POSITIVE_INFINITY
    : Math.max(1, Math.ceil(((lacking - rounding / 2) * 1000) / perSecond));
}
