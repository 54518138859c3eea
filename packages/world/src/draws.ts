// Numbers drawn from a stream of random bytes. Only exact arithmetic and comparisons, so every machine draws the same.

import type { RandomStream } from './random-streams.ts';

/** At least 0 and less than 1: 53 bits. */
export function uniform(stream: RandomStream): number {
  const bytes = stream.draw(7);
  let high = (bytes[0] ?? 0) & 0x1f;
  for (let at = 1; at < 3; at++) high = high * 256 + (bytes[at] ?? 0);
  let low = 0;
  for (let at = 3; at < 7; at++) low = low * 256 + (bytes[at] ?? 0);
  return (high * 2 ** 32 + low) / 2 ** 53;
}

/** Draws nothing when there is nothing to decide. */
export function chance(stream: RandomStream, probability: number): boolean {
  if (probability <= 0) return false;
  return probability >= 1 || uniform(stream) < probability;
}

export function between(stream: RandomStream, from: number, to: number): number {
  return from + uniform(stream) * (to - from);
}

/** A whole number, both ends included. */
export function wholeBetween(stream: RandomStream, from: number, to: number): number {
  return from + Math.floor(uniform(stream) * (to - from + 1));
}

/**
 * Exponential with this mean, by comparisons alone (J. von Neumann, "Various techniques used in connection with random digits", 1951):
 * a logarithm need not come out the same on every machine.
 */
export function exponential(stream: RandomStream, mean: number): number {
  if (mean <= 0) return 0;
  for (let whole = 0; ; whole++) {
    const first = uniform(stream);
    let length = 1;
    for (let last = first; ; length++) {
      const next = uniform(stream);
      if (next >= last) break;
      last = next;
    }
    if (length % 2 === 1) return mean * (whole + first);
  }
}

/** One of them; there must be one. */
export function pick<Item>(stream: RandomStream, items: readonly Item[]): Item {
  return items[Math.floor(uniform(stream) * items.length)] as Item;
}
