// Everybody who could have a say about a key: whom this world knows, and whom the key's policy and its grants name.

import { type Principal, parsePrincipal } from '@kmsim/authz';
import type { Engine } from '../engine.ts';
import { readClock } from '../region-clock.ts';
import { beforeAll } from '../state/grants.ts';
import { partitionOf } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';
import { policyAt } from '../state/spreading.ts';

/** Each once: the account's root user first, then whom the key names, then users and roles, then the other accounts' root users. */
export function candidates(kms: Engine, key: KeyRecord): readonly Principal[] {
  const partition = partitionOf(key.region);
  const root = (account: string): string => `arn:${partition}:iam::${account}:root`;
  const identities = [...kms.state.rows('identities')].map(({ arn }) => arn);
  const members = [...kms.state.rows('memberships')].map(({ account }) => root(account));
  const grantees = kms.state.grants
    .listOn(key.arn)
    .after(beforeAll)
    .map(({ grantee }) => grantee);
  const named = [...namedIn(kms, key), ...grantees].map((name) => (/^\d{12}$/.test(name) ? root(name) : name));
  const found = new Map<string, Principal>();
  for (const name of [root(key.account), ...named, ...identities, ...members]) {
    const principal = parsePrincipal(name);
    if (principal === undefined || principal.partition !== partition) continue;
    found.set(name, kms.identities.complete(principal));
  }
  for (const { account } of [...found.values()]) {
    const principal = account === '' ? undefined : parsePrincipal(root(account));
    if (principal !== undefined && !found.has(principal.arn)) found.set(principal.arn, principal);
  }
  return [...found.values()];
}

// Also from NotPrincipal: whom it leaves out, an Allow may let in.
function namedIn(kms: Engine, key: KeyRecord): readonly string[] {
  const { statements } = kms.policies.compiled(policyAt(key, readClock(kms.world, key.region, kms.world.clock.now())));
  return statements
    .flatMap(({ principals }) => principals?.written ?? [])
    .map((name) => name.replace(/^Service: /, ''));
}
