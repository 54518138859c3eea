// What a primary does: it changes what is shared, takes replicas in and lets them go, and gives its role away.

import type { Outgoing, Sync } from './message.ts';
import { actsAsPrimary, everyoneHolds, type Membership, type RelatedKey } from './related-key.ts';

/** A related key after something happened to it, and the messages that follow. */
export interface Step {
  readonly key: RelatedKey;
  readonly send: readonly Outgoing[];
}

/** The primary with the next version of what is shared. Every replica is told. */
export function changed(key: RelatedKey, members: Membership = key.members): Step {
  const next = counted({ ...key, members: { ...members, version: members.version + 1 } });
  return { key: next, send: next.members.replicas.map((to) => ({ to, message: syncOf(next), certain: true })) };
}

function counted(key: RelatedKey): RelatedKey {
  return { ...key, members: { ...key.members, everywhere: everywhere(key) } };
}

/** What the primary says of imported material that is coming. Material that travels with the messages needs no saying: it is used at once. */
export function everywhere(key: RelatedKey): string | undefined {
  return key.imported && everyoneHolds(key) ? key.shared.coming : undefined;
}

function syncOf({ members, shared }: RelatedKey): Sync {
  const { everywhere: ready, joined, primary, replicas, version } = members;
  return { kind: 'sync', version, set: { primary, replicas, joined, everywhere: ready }, shared };
}

/** A new replica: without material until the first message reaches it. */
export function withReplica(key: RelatedKey, region: string): Step & { readonly replica: RelatedKey } {
  const { members } = key;
  const step = changed(key, {
    ...members,
    replicas: [...members.replicas, region],
    joined: { ...members.joined, [region]: members.version + 1 },
  });
  const replica: RelatedKey = {
    region,
    imported: key.imported,
    members: { ...step.key.members, version: members.version, known: {}, reports: 0 },
    shared: nothing,
    here: [],
  };
  return { ...step, replica };
}

const nothing: RelatedKey['shared'] = {
  materials: [],
  current: undefined,
  coming: undefined,
  rotation: undefined,
  rotating: undefined,
  onDemandRotations: 0,
};

/** The primary without a replica that is gone. */
export function withoutReplica(key: RelatedKey, region: string): Step {
  const { members } = key;
  return changed(key, {
    ...members,
    replicas: members.replicas.filter((other) => other !== region),
    joined: without(members.joined, region),
    known: without(members.known, region),
  });
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
}

/**
 * The primary gives its role to a replica. From here on it acts as primary no more, and the other only when the message reaches it: between
 * the two nobody does. The message is sent until it arrives, so that the role is never lost.
 */
export function handOver(key: RelatedKey, to: string): Step {
  const { region, members } = key;
  if (!actsAsPrimary(members, region) || !members.replicas.includes(to)) return { key, send: [] };
  const version = members.version + 1;
  const next: RelatedKey = {
    ...key,
    members: {
      ...members,
      primary: to,
      replicas: members.replicas.map((other) => (other === to ? region : other)),
      version,
      known: {},
      handover: { direction: 'from here', to, version },
    },
  };
  return { key: next, send: [{ to, message: syncOf(next), certain: true }] };
}

/** The replica that is to become primary, until the role reaches it. */
export function awaitingRole(key: RelatedKey): RelatedKey {
  return { ...key, members: { ...key.members, handover: { direction: 'to here' } } };
}
