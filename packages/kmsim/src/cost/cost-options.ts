// The options of sim.cost(), and what stands for those that are absent.

import type { Inventory } from '../analysis/inventory.ts';
import type { Window } from '../analysis/months.ts';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Forms, isAccount, isRecord, isText, listOf, shown } from '../option-forms.ts';
import { durationOf, instantOf } from '../sim-clock.ts';
import { type PricedItem, type PriceList, pricedItems, priceListOf, rowOf } from './prices.ts';
import type { CacheLimits, CacheName } from './savings.ts';

const page = 'docs/cost.md';

/** HSMs that AWS CloudHSM bills by the hour. */
export interface ClusterUse {
  readonly id: string;
  readonly hsms: number;
  /** Who pays; the account of the simulation when absent. */
  readonly account?: string;
  /** From the beginning of the time that is asked for when absent, and to its end. */
  readonly from?: string | number | Date;
  readonly until?: string | number | Date;
}

export interface CostOptions {
  /** From the creation of the first key, or the first event, when absent. */
  readonly from?: string | number | Date;
  /** Until now when absent. */
  readonly until?: string | number | Date;
  /** Amounts that you know better, in the currency of the bill: `{ hsm: 1.45 }`. */
  readonly prices?: Partial<Readonly<Record<PricedItem, number>>>;
  /** The HSMs of CloudHSM clusters; two for each cluster that the trail names when absent. */
  readonly clusters?: readonly ClusterUse[];
  /** What data key caching may do: 5 minutes and 1,000 messages when absent. */
  readonly dataKeyCache?: { readonly maxAge?: string | number; readonly maxMessages?: number };
  /** How long S3 is taken to use a Bucket Key: 5 minutes when absent. AWS does not say. */
  readonly bucketKeyAge?: string | number;
}

const anInstant = { is: () => true, text: 'an instant' };
const isAmount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;

const forms: Forms<CostOptions> = {
  from: anInstant,
  until: anInstant,
  prices: { is: isRecord, text: 'an object of amounts' },
  clusters: listOf(
    (item) => isRecord(item) && isText(item['id']) && isCount(item['hsms']) && isAccountOrAbsent(item['account']),
    'clusters, each with its id and its number of hsms',
  ),
  dataKeyCache: { is: isRecord, text: 'an object with maxAge and maxMessages' },
  // What is no duration has an error of its own.
  bucketKeyAge: { is: () => true, text: 'a duration' },
};

function isAccountOrAbsent(value: unknown): boolean {
  return value === undefined || isAccount(value);
}

export interface CostQuestion {
  readonly window: Window;
  readonly clusters: readonly ClusterUse[] | undefined;
  readonly limits: Readonly<Record<CacheName, CacheLimits>>;
  readonly lists: (partition: string) => PriceList;
}

const FIVE_MINUTES = 300_000;

export function costQuestion(
  options: CostOptions,
  { keys, now }: Inventory,
  firstEvent: number | undefined,
): CostQuestion {
  checkOptions('cost', options, forms, page);
  const { bucketKeyAge = FIVE_MINUTES, clusters, dataKeyCache = {}, prices = {} } = options;
  const until = options.until === undefined ? now : instantOf(options.until);
  const first = keys.reduce((earliest, { createdAt }) => Math.min(earliest, createdAt), firstEvent ?? until);
  const from = options.from === undefined ? Math.min(first, until) : instantOf(options.from);
  if (from > until) throw new KmsimError('InvalidOption', 'cost: until is before from.', { page });
  const { maxAge = FIVE_MINUTES, maxMessages = 1_000 } = dataKeyCache;
  if (!isCount(maxMessages))
    throw new KmsimError('InvalidOption', `cost: maxMessages is a whole number from 1, not ${shown(maxMessages)}.`, {
      page,
    });
  return {
    window: { from, until },
    clusters,
    limits: {
      'data key caching': { maxAge: durationOf(maxAge), maxMessages },
      'S3 Bucket Keys': { maxAge: durationOf(bucketKeyAge), maxMessages: Number.POSITIVE_INFINITY },
    },
    lists: withPrices(prices),
  };
}

function withPrices(own: NonNullable<CostOptions['prices']>): CostQuestion['lists'] {
  for (const [name, amount] of Object.entries(own)) {
    if (!pricedItems.includes(name as PricedItem))
      throw new KmsimError(
        'InvalidOption',
        `cost: there is no price ${shown(name)}. There are ${pricedItems.join(', ')}.`,
        { page },
      );
    if (!isAmount(amount))
      throw new KmsimError('InvalidOption', `cost: the price ${name} is an amount from 0, not ${shown(amount)}.`, {
        page,
      });
  }
  return (partition) => {
    const list = priceListOf(partition);
    const known = pricedItems.flatMap((item) => {
      const amount = own[item];
      const published = list.prices[item];
      if (amount === undefined) return published === undefined ? [] : [[item, published] as const];
      return [[item, { ...(published ?? rowOf(item)), amount, verified: true, source: 'given' }] as const];
    });
    return { ...list, prices: Object.fromEntries(known) };
  };
}
