// When related keys agree.

import { actsAsPrimary, type RelatedKey } from './related-key.ts';

/** One of them is primary, all share the same version of the same things, and they are the keys that the primary names. */
export function converged(keys: readonly RelatedKey[]): boolean {
  const [primary, second] = keys.filter(({ members, region }) => actsAsPrimary(members, region));
  if (primary === undefined || second !== undefined) return false;
  const { replicas } = primary.members;
  if (keys.length !== replicas.length + 1) return false;
  const said = saying(primary);
  return keys.every(
    (key) =>
      (key === primary || replicas.includes(key.region)) && key.members.handover === undefined && saying(key) === said,
  );
}

function saying({ members: { everywhere, joined, primary, replicas, version }, shared }: RelatedKey): string {
  return JSON.stringify([version, everywhere, primary, replicas, Object.entries(joined).sort(), shared]);
}
