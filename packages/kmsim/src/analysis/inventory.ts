// What there is at an instant: the records that metrics, cost and review look at beside the trail.

import type {
  AliasRecord,
  CloudTrailRecord,
  GrantRecord,
  IdentityRecord,
  KeyRecord,
  Kms,
  UsageRecord,
} from '@kmsim/kms';

export interface Inventory {
  /** When it was taken: milliseconds since the epoch. */
  readonly now: number;
  readonly keys: readonly KeyRecord[];
  readonly aliases: readonly AliasRecord[];
  readonly grants: readonly GrantRecord[];
  readonly identities: readonly IdentityRecord[];
  /** The last use of keys, by their ARN. */
  readonly usages: ReadonlyMap<string, UsageRecord>;
}

/** A run: what happened, in order, and what there is at its end. */
export interface Run {
  readonly events: Iterable<CloudTrailRecord>;
  readonly inventory: Inventory;
  /** How many events are not among them any more; none when absent. */
  readonly dropped?: number | 'all';
}

export function emptyInventory(now: number): Inventory {
  return { now, keys: [], aliases: [], grants: [], identities: [], usages: new Map() };
}

export function inventoryOf({ state, world }: Pick<Kms, 'state' | 'world'>): Inventory {
  const keys = [...state.rows('keys')];
  const usages = new Map<string, UsageRecord>();
  for (const { arn } of keys) {
    const usage = state.get('usages', arn);
    if (usage !== undefined) usages.set(arn, usage);
  }
  return {
    now: world.clock.now(),
    keys,
    aliases: [...state.rows('aliases')],
    grants: [...state.rows('grants')],
    identities: [...state.rows('identities')],
    usages,
  };
}
