// What must be when the network works again: related keys agree, and nothing waits any more.

import type { Kms } from '@kmsim/kms';
import { families, hasHere, isActing, keysOf, type Related, stateOf } from './picture.ts';

/** How long that may take: so long, or so many times the mean delay of a message. */
const boundMs = 5_000;
const boundDelays = 20;

export function convergenceMs(meanDelayMs: number): number {
  return Math.max(boundMs, boundDelays * meanDelayMs);
}

/** What has not come to its end. */
export function unsettled(kms: Kms): string | undefined {
  for (const family of families(keysOf(kms)).values()) {
    const wrong = disagreement(family);
    if (wrong !== undefined) return wrong;
  }
  for (const { from, keyId, to } of kms.state.rows('letters'))
    return `a message about ${keyId} from ${from} to ${to} is not confirmed`;
  return undefined;
}

function disagreement(family: readonly Related[]): string | undefined {
  const primary = family.find(isActing);
  if (primary === undefined) return `nobody is primary of ${family[0]?.id}`;
  const replicas = family.filter((key) => key !== primary).map(({ region }) => region);
  if (String([...primary.replicas.replicas].sort()) !== String(replicas.sort()))
    return `${primary.arn} names other replicas than there are`;
  for (const key of family) {
    if (['Creating', 'Updating'].includes(stateOf(key))) return `${key.arn} is still ${stateOf(key)}`;
    if (shared(key) !== shared(primary)) return `${key.arn} shares something else than ${primary.arn}`;
  }
  const { deletion, rotating } = primary;
  if (rotating !== undefined && family.every((key) => hasHere(key, rotating.material)))
    return `the rotation of ${primary.arn} does not end`;
  return deletion !== undefined && deletion.at === undefined && replicas.length === 0
    ? `${primary.arn} waits for replicas that are gone`
    : undefined;
}

function shared({
  currentMaterial,
  materials,
  onDemandRotations,
  pendingMaterial,
  replicas,
  rotating,
  rotation,
}: Related): string {
  const { joined, primary, replicas: others, version } = replicas;
  return JSON.stringify([
    currentMaterial,
    materials.map(({ id, rotation: by }) => [id, by]),
    pendingMaterial?.id,
    rotating,
    rotation,
    onDemandRotations,
    [primary, others, version, Object.entries(joined).sort()],
  ]);
}
