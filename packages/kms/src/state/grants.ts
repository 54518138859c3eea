// The grants by key and by retiring principal. All of it can be rebuilt from the records.

import { GrantIndex } from '@kmsim/authz';
import type { GrantRecord } from './records.ts';

type Pairs = readonly (readonly [key: string, value: string])[] | undefined;

/** What makes two grants of one name the same grant. */
export type GrantDraft = Omit<GrantRecord, 'id' | 'ordinal' | 'createdAt' | 'issuingAccount' | 'activeAt' | 'endsAt'>;

interface OfKey {
  /** As authorization finds them; one that was given up stays here until it ends. */
  readonly index: GrantIndex;
  readonly live: Roll;
  readonly ending: Map<string, GrantRecord>;
  readonly named: Map<string, GrantRecord>;
}

export class Grants {
  readonly #byKey = new Map<string, OfKey>();
  readonly #byRetiring = new Map<string, Roll>();

  /** The grants on a key for one who asks what they allow; undefined when there is none. */
  on(keyArn: string): GrantIndex | undefined {
    return this.#byKey.get(keyArn)?.index;
  }

  /** The grants on a key for one who lists or counts them. */
  listOn(keyArn: string): GrantRoll {
    return this.#byKey.get(keyArn)?.live ?? nobody;
  }

  /** The grants in a Region that a principal may retire, on keys of any account. */
  retirableBy(region: string, retiring: string): GrantRoll {
    return this.#byRetiring.get(retiringKey(region, retiring)) ?? nobody;
  }

  /** The grant on the same key that has the draft's name and is the same in everything that was asked for. */
  sameAs(draft: GrantDraft): GrantRecord | undefined {
    if (draft.name === undefined) return undefined;
    return this.#byKey.get(draft.key)?.named.get(sameness(draft));
  }

  set(before: GrantRecord | undefined, after: GrantRecord | undefined): void {
    if (before !== undefined && before.endsAt === undefined) this.#unlist(before);
    if (after !== undefined) this.#add(after);
    else if (before !== undefined) this.#remove(before);
  }

  /** Drops the indexes of a key that is deleted, and says what grants it had: their records are still there. */
  forget(keyArn: string): readonly GrantRecord[] {
    const ofKey = this.#byKey.get(keyArn);
    this.#byKey.delete(keyArn);
    // The newest first: taking them off the end of a list moves none of the others.
    return ofKey === undefined ? [] : [...ofKey.live.after(beforeAll), ...ofKey.ending.values()].reverse();
  }

  #add(grant: GrantRecord): void {
    const ofKey = emplace(this.#byKey, grant.key, newOfKey);
    ofKey.index.add(grant);
    if (grant.endsAt !== undefined) {
      ofKey.ending.set(grant.id, grant);
      return;
    }
    ofKey.live.add(grant);
    if (grant.name !== undefined) ofKey.named.set(sameness(grant), grant);
    if (grant.retiring !== undefined)
      emplace(this.#byRetiring, retiringKey(grant.region, grant.retiring), () => new Roll()).add(grant);
  }

  /** Nobody who lists, counts or names grants sees it any more. */
  #unlist(grant: GrantRecord): void {
    const ofKey = this.#byKey.get(grant.key);
    ofKey?.live.remove(grant);
    if (grant.name !== undefined) ofKey?.named.delete(sameness(grant));
    if (grant.retiring === undefined) return;
    const key = retiringKey(grant.region, grant.retiring);
    const roll = this.#byRetiring.get(key);
    roll?.remove(grant);
    if (roll?.size === 0) this.#byRetiring.delete(key);
  }

  #remove({ id, key }: GrantRecord): void {
    const ofKey = this.#byKey.get(key);
    if (ofKey === undefined) return;
    ofKey.index.remove(id);
    ofKey.ending.delete(id);
    // A key without grants is as quick to use as one that never had any.
    if (ofKey.index.size === 0) this.#byKey.delete(key);
  }
}

/** An ordinal that no grant has: all are behind it. */
export const beforeAll = -1;

export type GrantRoll = Pick<Roll, 'size' | 'after'>;

/** Grants in the order in which they were made. */
class Roll {
  readonly #grants: GrantRecord[] = [];

  get size(): number {
    return this.#grants.length;
  }

  /** Up to `limit` grants behind an ordinal that fit. */
  after(ordinal: number, limit: number = Number.POSITIVE_INFINITY, fits: (grant: GrantRecord) => boolean = () => true) {
    const found: GrantRecord[] = [];
    for (let at = this.#firstAfter(ordinal); at < this.#grants.length && found.length < limit; at++) {
      const grant = this.#grants[at];
      if (grant !== undefined && fits(grant)) found.push(grant);
    }
    return found as readonly GrantRecord[];
  }

  add(grant: GrantRecord): void {
    this.#grants.splice(this.#firstAfter(grant.ordinal), 0, grant);
  }

  remove({ ordinal }: GrantRecord): void {
    const at = this.#firstAfter(ordinal - 1);
    if (this.#grants[at]?.ordinal === ordinal) this.#grants.splice(at, 1);
  }

  #firstAfter(ordinal: number): number {
    let low = 0;
    let high = this.#grants.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#grants[middle]?.ordinal ?? 0) > ordinal) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const nobody: GrantRoll = new Roll();

function newOfKey(): OfKey {
  return { index: new GrantIndex(), live: new Roll(), ending: new Map(), named: new Map() };
}

function retiringKey(region: string, retiring: string): string {
  return `${region} ${retiring}`;
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html (Name): the same request, whatever the order of its parts.
function sameness({ name, grantee, retiring, operations, constraints = {} }: GrantDraft): string {
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = constraints;
  const contexts = [sorted(encryptionContextEquals), sorted(encryptionContextSubset)];
  return JSON.stringify([name, grantee, retiring, [...operations].sort(), contexts, sourceArn]);
}

function sorted(pairs: Pairs): readonly string[] | undefined {
  return pairs?.map((pair) => JSON.stringify(pair)).sort();
}

function emplace<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
