// The bill: uses added up by month, account and item, with what is free taken off and the price put on.

import { type Price, type PricedItem, type PriceList, pricedItems, rowOf } from './prices.ts';
import type { Use } from './usage.ts';

export interface CostLine {
  readonly item: PricedItem;
  /** `requests with RSA_2048 keys` */
  readonly label: string;
  readonly quantity: number;
  readonly unit: Price['unit'];
  /** So much of the quantity costs nothing. */
  readonly free: number;
  /** Of `per` units; undefined where the price is not known. */
  readonly price: number | undefined;
  readonly per: number;
  readonly amount: number | undefined;
}

export interface MonthCost {
  /** `2026-01` */
  readonly month: string;
  /** Who pays: of a key its owner, of a request its caller. */
  readonly account: string;
  /** Of AWS: `aws`, `aws-cn`. Each bills for itself. */
  readonly partition: string;
  readonly currency: string;
  readonly lines: readonly CostLine[];
  /** Of the lines that have a price. */
  readonly total: number;
}

export function billOf(uses: readonly Use[], lists: (partition: string) => PriceList): readonly MonthCost[] {
  const groups = new Map<string, Use[]>();
  for (const use of uses) {
    const name = `${use.month} ${use.account} ${use.partition}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [use]);
    else group.push(use);
  }
  const names = [...groups.keys()].sort();
  return names.flatMap((name) => {
    const group = groups.get(name) ?? [];
    const [first] = group;
    if (first === undefined) return [];
    const { account, month, partition } = first;
    const { currency, prices } = lists(partition);
    const lines = pricedItems.flatMap((item) => lineOf(item, group, prices[item]));
    const total = lines.reduce((sum, { amount = 0 }) => sum + amount, 0);
    return [{ month, account, partition, currency, lines, total }];
  });
}

function lineOf(item: PricedItem, group: readonly Use[], price: Price | undefined): readonly CostLine[] {
  const quantity = group.reduce((sum, use) => (use.item === item ? sum + use.quantity : sum), 0);
  if (quantity === 0) return [];
  const { label, per, unit } = rowOf(item);
  const free = Math.min(quantity, price?.freePerMonth ?? 0);
  const amount = price && ((quantity - free) * price.amount) / price.per;
  return [{ item, label, quantity, unit, free, price: price?.amount, per, amount }];
}
