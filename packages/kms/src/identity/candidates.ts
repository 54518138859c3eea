// Whom a question about a key can be about: the principals that the world knows of.

import { type Principal, parsePrincipal } from '@kmsim/authz';
import type { Engine } from '../engine.ts';
import { beforeAll } from '../state/grants.ts';
import { partitionOf } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';

/** The root user of the key's account, the identities that are defined, whom the key policy names, and who has a grant; each once. */
export function candidates(kms: Engine, key: KeyRecord): Principal[] {
  const partition = partitionOf(key.region);
  const names = [rootOf(key.account, partition)];
  for (const { arn } of kms.state.rows('identities')) names.push(arn);
  for (const { principals } of kms.policies.compiled(key.policy).statements) {
    for (const written of principals?.written ?? []) names.push(nameOf(written, partition));
  }
  for (const { grantee } of kms.state.grants.listOn(key.arn).after(beforeAll)) names.push(grantee);
  const found = new Map<string, Principal>();
  for (const name of names) {
    const principal = parsePrincipal(name);
    if (principal?.partition === partition) found.set(principal.arn, principal);
  }
  return [...found.values()];
}

// A policy names an account by its number or by its root user, and a service behind its kind.
function nameOf(written: string, partition: string): string {
  return /^\d{12}$/.test(written) ? rootOf(written, partition) : written.replace(/^Service: /, '');
}

function rootOf(account: string, partition: string): string {
  return `arn:${partition}:iam::${account}:root`;
}
