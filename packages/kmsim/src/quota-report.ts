// The report on quotas, as data and as text for people.

import type { QuotaMode, QuotaUsage } from '@kmsim/kms';
import { inspectedAs } from './inspected.ts';

export class QuotaReport {
  readonly mode: QuotaMode;
  /** Every quota that was used, by account and Region. */
  readonly rows: readonly QuotaUsage[];
  /** Those of them that were not enough. */
  readonly exceeded: readonly QuotaUsage[];

  constructor(mode: QuotaMode, rows: readonly QuotaUsage[]) {
    this.mode = mode;
    this.rows = rows;
    this.exceeded = rows.filter(({ throttled }) => throttled > 0);
    inspectedAs(this, () => this.toString());
  }

  toString(): string {
    const { exceeded, mode, rows } = this;
    if (rows.length === 0)
      return mode === 'off' ? 'Quotas are off: nobody counts.' : 'No request has counted on a quota.';
    const refused = mode === 'enforce' ? 'Refused' : 'Let through; production would refuse';
    if (exceeded.length > 0) return exceeded.flatMap((row) => linesOf(row, refused)).join('\n');
    const busiest = rows.reduce((most, row) => (shareOf(row) > shareOf(most) ? row : most));
    return `No request was too many. The nearest to its quota: ${busiest.quota}, ${peakOf(busiest)}.`;
  }
}

function linesOf(row: QuotaUsage, refused: string): readonly string[] {
  const { account, calls, of, quota, region, remedy, suggested, throttled } = row;
  const where = [account, region, ...(of === undefined ? [] : [of])].join(', ');
  const basis = suggested === true ? " AWS publishes no number; this one is the simulation's." : '';
  return [
    `${quota} (${where})`,
    `  ${refused} ${number(throttled)} of ${number(calls)}: ${peakOf(row)}.${basis}`,
    `  ${remedy}`,
  ];
}

function peakOf({ kind, limit, peak }: QuotaUsage): string {
  return kind === 'requests'
    ? `${number(peak)} in the busiest second, and ${number(limit)} a second are allowed`
    : `${number(peak)} wanted, and ${number(limit)} are allowed`;
}

function shareOf({ limit, peak }: QuotaUsage): number {
  return peak / limit;
}

// 1234567.5 -> 1,234,567.5
function number(value: number): string {
  const [whole = '', ...fraction] = String(value).split('.');
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, ','), ...fraction].join('.');
}
