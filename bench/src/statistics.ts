// Medians and quartiles. A mean would tell of the machine's other work.

import type { Figure, Unit } from './suite.ts';

// Enough to see a drift, few enough to be kept in a file.
const keptRounds = 40;

/** The median of some measurements, with the quartiles beside it. */
export function figure(unit: Unit, samples: readonly number[]): Figure {
  const sorted = ascending(samples);
  return {
    unit,
    median: quantile(sorted, 0.5),
    p25: quantile(sorted, 0.25),
    p75: quantile(sorted, 0.75),
    rounds: grouped(samples, keptRounds).map((sample) => Number(sample.toPrecision(4))),
  };
}

/** A single measurement. */
export function single(unit: Unit, value: number): Figure {
  return { unit, median: value };
}

/** What somebody reads who knows ratios of time and wants shares of throughput, or the other way round. */
export function inverse({ median, p25, p75 }: Figure, unit: Unit): Figure {
  return { unit, median: 1 / median, ...(p25 !== undefined && p75 !== undefined && { p25: 1 / p75, p75: 1 / p25 }) };
}

/** At most so many: the medians of groups of neighbours. */
export function grouped(samples: readonly number[], most: number): readonly number[] {
  if (samples.length <= most) return samples;
  return Array.from({ length: most }, (_, group) => {
    const from = Math.floor((group * samples.length) / most);
    const to = Math.floor(((group + 1) * samples.length) / most);
    return quantile(ascending(samples.slice(from, to)), 0.5);
  });
}

function ascending(samples: readonly number[]): readonly number[] {
  return [...samples].sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
