// What can be a rate, and what is wrong with what cannot.

export type RateFault = 'not a number' | 'not above zero' | 'without bounds';

/** Undefined: a rate. */
export function rateFault(value: unknown): RateFault | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'not a number';
  if (value <= 0) return 'not above zero';
  return value === Number.POSITIVE_INFINITY ? 'without bounds' : undefined;
}
