// The world of a simulation, as a file can describe it. Secrets are in it only when they are asked for by name.

import type { IdentityRecord } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';
import { checkOptions, type Forms } from '../option-forms.ts';
import { administratorPolicy, defaultAccessKey, type IdentityOptions } from '../options.ts';
import type { AccountContent, WorldContent, WorldOptions } from './content.ts';
import { documentOf, documentsOf } from './documents.ts';
import { keysOf } from './export-keys.ts';
import { organizationOf } from './export-organization.ts';

export interface ExportOptions {
  /** With the material of the keys, the seed, and access keys: whoever reads it has them. */
  readonly secrets?: boolean;
}

const forms: Forms<ExportOptions> = { secrets: { is: (value) => typeof value === 'boolean', text: 'true or false' } };

/**
 * What is there now. A world goes on from it with new random bytes; `sim.snapshot()` goes on exactly. Custom key stores and what is on its way
 * are not in it.
 */
export function exportWorld(sim: Kmsim, options: ExportOptions = {}): WorldContent {
  checkOptions('exportWorld', options, forms, 'docs/world-files.md');
  const { secrets = false } = options;
  const { kms } = sim;
  const home = { account: sim.account, region: sim.region };
  const identities = [...kms.state.rows('identities')].filter((one) => !isAdministrator(one)).map(identityOf);
  const organization = organizationOf(kms);
  const endpoints = [...kms.state.rows('endpoints')].map(({ policy, ...one }) => ({
    ...one,
    ...(policy !== undefined && { policy: documentOf(policy) }),
  }));
  const keys = keysOf(kms, home, secrets);
  return {
    version: 1,
    ...home,
    ...(secrets && clockOf(sim)),
    ...(kms.consistency === 'eventual' && { consistency: kms.consistency }),
    ...quotasOf(sim),
    ...(Object.keys(sim.faults.plan).length > 0 && { faults: sim.faults.plan }),
    ...(identities.length > 0 && { identities }),
    ...(secrets && accessKeysOf(sim)),
    ...(organization && { organization }),
    ...(endpoints.length > 0 && { endpoints }),
    ...regionsOf(sim),
    ...(keys.length > 0 && { keys }),
  };
}

// A start and a clock that stands still need a seed.
function clockOf({ clock, kms, seed }: Kmsim): Pick<WorldOptions, 'clock' | 'seed' | 'start'> {
  if (seed === undefined) return {};
  return { seed, start: clock.now().toISOString(), ...(kms.world.running && { clock: 'running' }) };
}

function quotasOf({ kms, quotas: { mode } }: Kmsim): Pick<WorldOptions, 'quotas'> {
  const everywhere = kms.throttler.settings.limits.filter(
    (one) => one.account === undefined && one.region === undefined,
  );
  if (everywhere.length === 0) return { quotas: mode };
  return { quotas: { mode, set: Object.fromEntries(everywhere.map(({ limit, quota }) => [quota, limit])) } };
}

function accessKeysOf({ accessKeys }: Kmsim): Pick<WorldOptions, 'accessKeys'> {
  const all = accessKeys.all();
  const isDefault = all.length === 1 && all[0]?.accessKeyId === defaultAccessKey.accessKeyId;
  return isDefault ? {} : { accessKeys: all };
}

function isAdministrator({ arn, policies }: IdentityRecord): boolean {
  const [only, ...more] = policies;
  return arn.endsWith(':user/administrator') && more.length === 0 && only?.text === JSON.stringify(administratorPolicy);
}

function identityOf({ arn, boundary, policies, tags = [], trust }: IdentityRecord): IdentityOptions {
  return {
    arn,
    ...(policies.length > 0 && { policies: documentsOf(policies) }),
    ...(boundary !== undefined && { boundary: documentOf(boundary) }),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags) }),
    ...(trust !== undefined && { trust: documentOf(trust) }),
  };
}

function regionsOf({ account: home, kms }: Kmsim): Pick<WorldContent, 'accounts' | 'disabledRegions'> {
  const byAccount = new Map<string, string[]>();
  for (const { account, region } of kms.state.rows('disabledRegions'))
    byAccount.set(account, [...(byAccount.get(account) ?? []), region]);
  const own = byAccount.get(home);
  byAccount.delete(home);
  const accounts = Object.fromEntries(
    [...byAccount].map(([account, disabledRegions]): [string, AccountContent] => [account, { disabledRegions }]),
  );
  return { ...(own && { disabledRegions: own }), ...(byAccount.size > 0 && { accounts }) };
}
