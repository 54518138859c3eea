// Where the simulation stands, at a glance; and what a run would be throttled for and would cost. Nothing happens because somebody looks.

import { inventoryOf } from '../../analysis/inventory.ts';
import type { MonthCost } from '../../cost/bill.ts';
import { costOf } from '../../cost/cost.ts';
import type { Saving } from '../../cost/cost-report.ts';
import type { Kmsim } from '../../create-kmsim.ts';
import { QuotaReport } from '../../quota-report.ts';

export interface Overview {
  readonly account: string;
  readonly region: string;
  readonly now: string;
  readonly clock: 'running' | 'still';
  readonly seeded: boolean;
  readonly keys: number;
  /** Absent where no trail is kept. */
  readonly trail?: { readonly epoch: number; readonly dropped: number; readonly events: number };
  readonly quotas: { readonly mode: string; readonly throttled: number };
  readonly faults: number;
}

export interface QuotasView {
  readonly mode: string;
  readonly rows: QuotaReport['rows'];
  readonly text: string;
}

export interface CostView {
  readonly from: string;
  readonly until: string;
  readonly pricesAsOf: string;
  readonly source: string;
  readonly months: readonly MonthCost[];
  readonly totals: Readonly<Record<string, number>>;
  readonly savings: readonly Saving[];
  readonly notes: readonly string[];
}

export function overviewOf({ account, clock, faults, kms, quotas, region, seed, trail }: Kmsim): Overview {
  return {
    account,
    region,
    now: clock.now().toISOString(),
    clock: kms.world.running ? 'running' : 'still',
    seeded: seed !== undefined,
    keys: [...kms.state.rows('keys')].length,
    ...(kms.trail && { trail: { epoch: trail.epoch, dropped: trail.dropped, events: trail.events.length } }),
    quotas: { mode: quotas.mode, throttled: quotas.usage.reduce((sum, { throttled }) => sum + throttled, 0) },
    faults: faults.happened.length,
  };
}

export function quotasOf({ quotas }: Kmsim): QuotasView {
  const report = new QuotaReport(quotas.mode, quotas.usage);
  return { mode: report.mode, rows: report.rows, text: `${report}` };
}

/** As sim.cost() has it, of what has happened so far. */
export function costViewOf({ account, kms }: Kmsim): CostView {
  const { trail } = kms;
  const dropped = trail === undefined ? 'all' : trail.dropped;
  const report = costOf({ events: trail?.records() ?? [], inventory: inventoryOf(kms), dropped }, account);
  const { from, months, notes, pricesAsOf, savings, source, totals, until } = report;
  return { from, until, pricesAsOf, source, months, totals, savings, notes };
}
