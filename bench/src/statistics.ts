// Medians and quartiles. A mean would tell of the machine's other work.

import type { Figure, Unit } from './suite.ts';

/** The median of some measurements, with the quartiles beside it. */
export function figure(unit: Unit, samples: readonly number[]): Figure {
  const sorted = [...samples].sort((a, b) => a - b);
  return { unit, median: quantile(sorted, 0.5), p25: quantile(sorted, 0.25), p75: quantile(sorted, 0.75) };
}

/** A single measurement. */
export function single(unit: Unit, value: number): Figure {
  return { unit, median: value };
}

function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
