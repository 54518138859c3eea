// What is kept and what is gone: material is there as long as a key knows it, ids are new, and deleted keys never come back.

import type { KeyRecord } from '@kmsim/kms';
import { appMayByPolicy } from '../kinds/names.ts';
import { appArn } from '../machine.ts';
import { hasHere, nameOf } from '../picture.ts';
import type { History, Invariant, Step } from './invariant.ts';

const materialIsKept: Invariant['broken'] = ({ after, holds }) => {
  for (const key of after.values())
    for (const { id } of key.materials)
      if (hasHere(key, id) && !holds(id)) return `${id} of ${key.arn} is no longer in the vault`;
  return undefined;
};

// Replicating again into a Region is the only way back, and only while a related key lives.
const goneIsGone: Invariant['broken'] = ({ after, call, holds }, { gone, goneMaterials }) => {
  for (const arn of gone) {
    if (after.has(arn) && call?.operation !== 'ReplicateKey') return `${arn} was deleted and is back`;
  }
  const known = new Set([...after.values()].flatMap((key) => materialsOf(key)));
  const kept = [...goneMaterials].find((id) => !known.has(id) && holds(id));
  return kept && `${kept} is still in the vault, and no key knows it`;
};

function materialsOf({ materials, pendingMaterial, rotating }: KeyRecord): readonly string[] {
  const ids = materials.map(({ id }) => id);
  if (pendingMaterial !== undefined) ids.push(pendingMaterial.id);
  if (rotating !== undefined) ids.push(rotating.material);
  return ids;
}

const timeGoesOn: Invariant['broken'] = ({ after, before, clock }, history) => {
  const readings = [...after.values()].map(({ region }) => clock(region));
  history.latest = Math.max(history.latest, ...readings);
  history.clocksApartMs = Math.max(history.clocksApartMs, Math.max(...readings) - Math.min(...readings));
  for (const { arn, createdAt, materials, region } of after.values()) {
    if (createdAt > clock(region)) return `${arn} was created later than now`;
    const dates = materials.map(({ rotation }) => rotation?.at ?? createdAt);
    const late = materials.some(({ rotation }) => (rotation?.at ?? 0) > history.latest);
    // Rotations of different primaries are dated by different clocks.
    const sorted = materials.every(
      (_, at) => at < 2 || (dates[at] ?? 0) >= (dates[at - 1] ?? 0) - history.clocksApartMs,
    );
    if (late || !sorted) return `the rotations of ${arn} are out of order`;
    const was = before.get(arn)?.materials ?? [];
    if (was.length > materials.length && before.get(arn)?.createdAt === createdAt) return `${arn} has lost a material`;
  }
  return undefined;
};

const idsAreNew: Invariant['broken'] = ({ after, before }, { ids }) => {
  for (const { arn, id, ordinal } of after.values()) {
    if (before.get(arn)?.ordinal === ordinal) continue;
    if (ids.has(`ordinal ${ordinal}`)) return `${arn} has the ordinal of another key`;
    const isReplica = [...after.values(), ...before.values()].some((key) => key.id === id && key.ordinal !== ordinal);
    if (!isReplica && ids.has(`id ${id}`)) return `${arn} has the id of another key`;
  }
  return undefined;
};

// The role has no identity policy: what lets it in is a grant or the key policy. The other account is never let in.
const letsNobodyIn: Invariant['broken'] = ({ before, call }: Step) => {
  if (call?.outcome !== 'done') return undefined;
  const { by, granted, key: arn = '', operation } = call;
  const key = before.get(arn);
  if (key === undefined) return undefined;
  const isAtHome = by !== appArn && by.split(':')[4] === key.account;
  const byPolicy = by === appArn && key.policy.includes(appArn) && appMayByPolicy.includes(operation);
  const byGrant = by === appArn && granted.includes(operation);
  return isAtHome || byPolicy || byGrant ? undefined : `${by} was let in to ${arn} by ${operation}`;
};

/** Takes note of a step that was right. */
export function remember({ after, before }: Step, history: History): void {
  for (const key of after.values()) {
    if (before.get(key.arn) === key) continue;
    history.ids.add(`id ${key.id}`).add(`ordinal ${key.ordinal}`);
    history.gone.delete(key.arn);
    const here = history.had.get(nameOf(key)) ?? new Set();
    for (const { id } of key.pendingMaterial ? [...key.materials, key.pendingMaterial] : key.materials)
      if (hasHere(key, id)) here.add(id);
    history.had.set(nameOf(key), here);
  }
  for (const [arn, { materials }] of before) {
    if (after.has(arn)) continue;
    history.gone.add(arn);
    for (const { id } of materials) history.goneMaterials.add(id);
  }
}

export const keepingInvariants: readonly Invariant[] = [
  { name: 'material is kept', says: 'the vault has every material that a key has', broken: materialIsKept },
  { name: 'gone is gone', says: 'a key that was deleted never comes back, nor does its material', broken: goneIsGone },
  {
    name: 'time goes on',
    says: 'nothing happens later than the clock of its Region shows, and no material is lost',
    broken: timeGoesOn,
  },
  { name: 'ids are new', says: 'no two keys have the same id or ordinal', broken: idsAreNew },
  { name: 'lets nobody in', says: 'who has no policy and no grant is refused', broken: letsNobodyIn },
];
