// What related keys promise: one primary, the same material, and nothing copied that is each key's own.

import { families, hasHere, isActing, isNew, nameOf, type Related } from '../picture.ts';
import type { History, Invariant, Step } from './invariant.ts';

type OfFamily = (family: readonly Related[], step: Step, history: History) => string | undefined;

function ofFamilies(broken: OfFamily): Invariant['broken'] {
  return (step, history) => {
    for (const family of families(step.after).values()) {
      const wrong = broken(family, step, history);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

const onePrimary: OfFamily = (family) => {
  const acting = family.filter(isActing);
  if (acting.length > 1) return `${acting.map(({ arn }) => arn).join(' and ')} both act as primary`;
  const onItsWay = family.some(({ replicas }) => replicas.handover?.direction === 'to here');
  return acting.length === 0 && !onItsWay ? `nobody is or becomes primary of ${family[0]?.id}` : undefined;
};

const fixed = ['id', 'spec', 'usage', 'origin', 'account'] as const;
const sameKey: OfFamily = ([first, ...others]) => {
  for (const other of others) {
    const different = fixed.find((property) => other[property] !== first?.[property]);
    if (different !== undefined) return `${other.arn} has another ${different} than ${first?.arn}`;
  }
  return undefined;
};

const samePast: OfFamily = (family) => {
  const lists = family.map((key) => ({ key, list: key.materials.map(({ id, rotation }) => `${id}@${rotation?.at}`) }));
  const longest = lists.reduce((one, other) => (other.list.length > one.list.length ? other : one));
  const astray = lists.find(({ list }) => list.some((each, at) => each !== longest.list[at]));
  return astray && `the materials of ${astray.key.arn} are no beginning of those of ${longest.key.arn}`;
};

// A replica that is Creating has none. One that had it may have lost it since: deleting imported material is each Region's own affair.
const heldByAll: OfFamily = (family, { before }, { had }) => {
  for (const key of family) {
    const { arn, currentMaterial, origin } = key;
    if (currentMaterial === undefined || isNew(key)) continue;
    const was = before.get(arn)?.currentMaterial;
    if (origin === 'EXTERNAL' && (was === undefined || was === currentMaterial || !isActing(key))) continue;
    const lacking = family.find(
      (other) => !isNew(other) && !hasHere(other, currentMaterial) && !had.get(nameOf(other))?.has(currentMaterial),
    );
    if (lacking !== undefined) return `${arn} encrypts with ${currentMaterial}, which ${lacking.arn} has never had`;
  }
  return undefined;
};

const versionsGrow: OfFamily = (family, { before }) => {
  for (const { arn, ordinal, replicas } of family) {
    const was = before.get(arn);
    if (was?.ordinal === ordinal && (was.replicas?.version ?? 0) > replicas.version)
      return `${arn} went back from version ${was.replicas?.version} to ${replicas.version}`;
  }
  return undefined;
};

const primaryStays: Invariant['broken'] = ({ after, before }) => {
  const left = families(after);
  for (const family of families(before).values())
    for (const key of family)
      if (isActing(key) && !after.has(key.arn) && (left.get(key.id)?.length ?? 0) > 0)
        return `${key.arn} was deleted while ${left.get(key.id)?.map(({ arn }) => arn)} lives`;
  return undefined;
};

export const relatedKeyInvariants: readonly Invariant[] = [
  // Before the role that would be lost with it.
  { name: 'primary stays', says: 'a primary is not deleted while a replica lives', broken: primaryStays },
  {
    name: 'one primary',
    says: 'at most one related key acts as primary, and the role is never lost',
    broken: ofFamilies(onePrimary),
  },
  {
    name: 'same key',
    says: 'related keys have the same id, spec, usage, origin and account',
    broken: ofFamilies(sameKey),
  },
  {
    name: 'same past',
    says: 'the materials of a related key are those of the primary, or the first of them',
    broken: ofFamilies(samePast),
  },
  { name: 'held by all', says: 'material encrypts only after every related key has it', broken: ofFamilies(heldByAll) },
  {
    name: 'versions grow',
    says: 'a related key never goes back to what it knew before',
    broken: ofFamilies(versionsGrow),
  },
];
