// What has been used of each quota: the data behind reports and usage metrics.

import type { Meter } from '@kmsim/quota';
import { quotaRemedies } from '../tables/quota-remedies.ts';
import { requestQuotas } from '../tables/request-quotas.ts';
import { type QuotaKind, quotaNames } from './settings.ts';
import type { Throttler } from './throttler.ts';

export interface QuotaUsage {
  /** As Service Quotas has it. */
  readonly quota: string;
  readonly kind: QuotaKind;
  readonly account: string;
  readonly region: string;
  /** The key or the custom key store, where the quota is of one; of things on keys, the key that has most of them. */
  readonly of?: string;
  /** Requests a second, or how many of a thing. */
  readonly limit: number;
  /** No page has the limit. */
  readonly suggested?: true;
  /** Requests that counted: one that costs twice counts twice. */
  readonly calls: number;
  /** How many of them were too many: refused where quotas are enforced, and otherwise let through. */
  readonly throttled: number;
  /** Requests in the busiest second of the clock, or the most there would have been of a thing. */
  readonly peak: number;
  /** What helps. */
  readonly remedy: string;
}

/** By quota in the order of the tables, then account, Region, key. */
export function quotaUsage(throttler: Throttler): readonly QuotaUsage[] {
  const rows = [...throttler.meters()].map(({ meter, ...what }) => ({ ...what, ...ofMeter(what.quota, meter) }));
  const things = [...throttler.things()].map(
    (use): QuotaUsage => ({ ...use, kind: 'things', remedy: quotaRemedies.things }),
  );
  return [...rows, ...things].sort(inOrder);
}

function ofMeter(quota: string, { calls, peak, perSecond: limit, throttled }: Meter) {
  const row = requestQuotas.find(({ name }) => name === quota);
  const suggested = row?.suggested === true && limit === row.perSecond;
  return {
    kind: 'requests' as const,
    limit,
    ...(suggested && { suggested }),
    calls,
    throttled,
    peak,
    remedy: quotaRemedies[row?.remedy ?? 'managing'],
  };
}

function inOrder(a: QuotaUsage, b: QuotaUsage): number {
  const places = quotaNames.indexOf(a.quota) - quotaNames.indexOf(b.quota);
  return places !== 0 ? places : compare(whereOf(a), whereOf(b));
}

function whereOf({ account, of = '', region }: QuotaUsage): string {
  return `${account} ${region} ${of}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
