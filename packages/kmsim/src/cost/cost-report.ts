// The answer of sim.cost(): data, and text for people.

import type { KeyHistory } from '../analysis/key-history.ts';
import { billOf, type MonthCost } from './bill.ts';
import { costsByTag, type TagCost } from './by-tag.ts';
import type { CostQuestion } from './cost-options.ts';
import { pricePage, pricesAsOf } from './prices.ts';
import type { CacheName, CacheResult } from './savings.ts';
import { amountOf, monthText } from './table.ts';
import type { Use } from './usage.ts';

export interface Saving {
  readonly cache: CacheName;
  /** Requests of the kind that it answers. */
  readonly requests: number;
  /** So many of them it would have answered. */
  readonly saved: number;
  readonly amount: number;
}

/** What a run would cost. */
export class CostReport {
  /** `2026-06`: the month in which the prices were looked at. */
  readonly pricesAsOf: string = pricesAsOf;
  readonly source: string = pricePage;
  /** ISO 8601. */
  readonly from: string;
  readonly until: string;
  /** By month and account, the earliest first. */
  readonly months: readonly MonthCost[];
  /** By currency: `{ USD: 1.03 }`. */
  readonly totals: Readonly<Record<string, number>>;
  readonly savings: readonly Saving[];
  /** What was taken for granted, and what has no price. */
  readonly notes: readonly string[];
  readonly #uses: readonly Use[];
  readonly #keys: readonly KeyHistory[];

  constructor(
    { lists, window }: CostQuestion,
    found: {
      readonly uses: readonly Use[];
      readonly keys: readonly KeyHistory[];
      readonly caches: readonly CacheResult[];
      readonly notes: readonly string[];
    },
  ) {
    const { caches, keys, notes, uses } = found;
    this.from = new Date(window.from).toISOString();
    this.until = new Date(window.until).toISOString();
    this.months = billOf(uses, lists);
    this.totals = totalsOf(this.months);
    this.savings = caches.map((result) => {
      const { cache, requests, saved } = result;
      return {
        cache,
        requests,
        saved,
        amount: sumOf(this.months) - sumOf(billOf([...uses, ...savedUses(result)], lists)),
      };
    });
    this.notes = notes;
    this.#uses = uses;
    this.#keys = keys;
  }

  /** The sum of all lines that have a price. */
  get total(): number {
    return sumOf(this.months);
  }

  /** Divided among the values of a tag, the dearest first: `sim.cost().byTag('team')`. */
  byTag(tag: string): readonly TagCost[] {
    return costsByTag(tag, this.#uses, this.months, this.#keys);
  }

  toString(): string {
    const sums = Object.entries(this.totals).map(([currency, sum]) => `${amountOf(sum)} ${currency}`);
    return [
      `AWS KMS, prices of ${this.pricesAsOf} (${this.source})`,
      ...this.months.map(monthText),
      `together ${sums.length === 0 ? 'nothing' : sums.join(' and ')}`,
      ...this.savings
        .filter(({ saved }) => saved > 0)
        .map(({ amount, cache, requests, saved }) => {
          return `${cache} would have left out ${saved} of ${requests} requests: ${amountOf(amount)}`;
        }),
      ...this.notes.map((note) => `note: ${note}`),
    ].join('\n');
  }
}

function sumOf(months: readonly MonthCost[]): number {
  return months.reduce((sum, { total }) => sum + total, 0);
}

function totalsOf(months: readonly MonthCost[]): Readonly<Record<string, number>> {
  const totals: Record<string, number> = {};
  for (const { currency, total } of months) totals[currency] = (totals[currency] ?? 0) + total;
  return totals;
}

// Only what asks for symmetric data keys is cached.
function savedUses({ savedBy }: CacheResult): readonly Use[] {
  return [...savedBy.values()].map(({ account, count, month, partition }) => {
    return { month, account, partition, item: 'standard', key: undefined, quantity: -count };
  });
}
