// What is done about quotas, and where they are other than the published ones.

import { type RateFault, rateFault } from '@kmsim/quota';
import { placeOfQuota, requestQuotas } from '../tables/request-quotas.ts';
import { resourceQuotas } from '../tables/resource-quotas.ts';

/** `meter`: nothing is refused, and what would have been is counted. `enforce`: as in the real service. `off`: nobody counts. */
export type QuotaMode = 'enforce' | 'meter' | 'off';

/** A quota that somebody has changed: of one account or of all, in one Region or in all. */
export interface QuotaLimit {
  readonly quota: string;
  /** Requests a second, or how many of a thing there may be. */
  readonly limit: number;
  readonly account?: string;
  readonly region?: string;
}

export interface QuotaSettings {
  readonly mode: QuotaMode;
  /** The later one counts where two are about the same. */
  readonly limits: readonly QuotaLimit[];
}

export const noQuotas: QuotaSettings = { mode: 'off', limits: [] };

const adjustable = Object.values(resourceQuotas).filter((row) => row.adjustable);

/** The quotas that can be set, by the names of Service Quotas: of requests first. */
export const quotaNames: readonly string[] = [
  ...requestQuotas.map(({ name }) => name),
  ...adjustable.map(({ name }) => name),
];

export type QuotaKind = 'requests' | 'things';

/** What is wrong with a limit; undefined: nothing. */
export function limitFault(kind: QuotaKind, limit: unknown): RateFault | 'not whole' | undefined {
  const fault = rateFault(limit);
  return fault === undefined && kind === 'things' && !Number.isSafeInteger(limit) ? 'not whole' : fault;
}

/** The quota of a name, also of one it had before; undefined: there is none, or nobody can change it. */
export function findQuota(name: string): { readonly name: string; readonly kind: QuotaKind } | undefined {
  const place = placeOfQuota(name);
  const row = place === undefined ? undefined : requestQuotas[place];
  if (row !== undefined) return { name: row.name, kind: 'requests' };
  return adjustable.some((one) => one.name === name) ? { name, kind: 'things' } : undefined;
}

/** The limit that is set for an account and Region: the one that says most about where, and of those the last. */
export function limitIn(
  limits: readonly QuotaLimit[],
  quota: string,
  account: string,
  region: string,
): number | undefined {
  let best: QuotaLimit | undefined;
  for (const one of limits) {
    if (one.quota !== quota) continue;
    if (one.account !== undefined && one.account !== account) continue;
    if (one.region !== undefined && one.region !== region) continue;
    if (best === undefined || precision(one) >= precision(best)) best = one;
  }
  return best?.limit;
}

function precision({ account, region }: QuotaLimit): number {
  return (account === undefined ? 0 : 2) + (region === undefined ? 0 : 1);
}

const modes: readonly unknown[] = ['enforce', 'meter', 'off'] satisfies QuotaMode[];

/** Whether a value out of a file is settings. */
export function isQuotaSettings(value: unknown): value is QuotaSettings {
  const { limits, mode } = (value ?? {}) as { readonly [Name in keyof QuotaSettings]?: unknown };
  return modes.includes(mode) && Array.isArray(limits) && limits.every(isLimit);
}

function isLimit(value: unknown): boolean {
  const { account, limit, quota, region } = (value ?? {}) as { readonly [Name in keyof QuotaLimit]?: unknown };
  const known = typeof quota === 'string' ? findQuota(quota) : undefined;
  if (known === undefined || known.name !== quota || limitFault(known.kind, limit) !== undefined) return false;
  return [account, region].every((where) => where === undefined || typeof where === 'string');
}
