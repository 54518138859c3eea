// Costs divided among the values of a tag, as cost allocation tags divide a bill.
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html

import type { KeyHistory } from '../analysis/key-history.ts';
import type { MonthCost } from './bill.ts';
import type { Use } from './usage.ts';

export interface TagCost {
  /** Undefined: of keys without the tag, and of what is about no key. */
  readonly value: string | undefined;
  readonly keys: number;
  readonly requests: number;
  readonly amount: number;
}

/** What is free in a month is free for all keys in the same proportion. */
export function costsByTag(
  tag: string,
  uses: readonly Use[],
  months: readonly MonthCost[],
  keys: readonly KeyHistory[],
): readonly TagCost[] {
  const values = new Map(keys.map(({ arn, tags }) => [arn, tags.get(tag)]));
  const shares = new Map<string | undefined, { keys: Set<string>; requests: number; amount: number }>();
  for (const use of uses) {
    const value = use.key === undefined ? undefined : values.get(use.key);
    const share = shares.get(value) ?? { keys: new Set(), requests: 0, amount: 0 };
    shares.set(value, share);
    if (use.key !== undefined) share.keys.add(use.key);
    const line = months
      .find((one) => one.account === use.account && one.month === use.month && one.partition === use.partition)
      ?.lines.find(({ item }) => item === use.item);
    if (line?.unit === 'requests') share.requests += use.quantity;
    if (line?.amount !== undefined) share.amount += (line.amount * use.quantity) / line.quantity;
  }
  return [...shares]
    .map(([value, share]) => ({ value, keys: share.keys.size, requests: share.requests, amount: share.amount }))
    .sort((a, b) => b.amount - a.amount);
}
