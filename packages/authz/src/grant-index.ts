// The grants of one key, found by who asks and for what: grants of others, however many, cost a call nothing.

import { carriesEncryptionContext } from './actions.ts';
import { contextValue, keyUse } from './context.ts';
import { type Asked, type Grant, holdBy, neededPairs, obstacleOf } from './grant.ts';
import { type Principal, parsePrincipal } from './principal.ts';
import type { Hold } from './principal-set.ts';

interface Entry {
  readonly grant: Grant;
  /** Of two grants that allow the same, the one that was made first is named. */
  readonly order: number;
  /** The lists in which it stands. */
  readonly lists: Entry[][];
}

/** The grants to one grantee for one operation. */
interface Bucket {
  readonly open: Entry[];
  /** Those that ask for an encryption context, by one pair that they ask for. */
  readonly byPair: Map<string, Entry[]>;
}

export interface GrantMatch {
  readonly grant: Grant;
  readonly hold: Hold;
}

const CONTEXT_KEYS = keyUse('kms:EncryptionContextKeys');

export class GrantIndex {
  readonly #grants = new Map<string, Entry>();
  readonly #buckets = new Map<string, Map<string, Bucket>>();
  #made = 0;

  constructor(grants: Iterable<Grant> = []) {
    for (const grant of grants) this.add(grant);
  }

  get size(): number {
    return this.#grants.size;
  }

  get(id: string): Grant | undefined {
    return this.#grants.get(id)?.grant;
  }

  /** In place of one with the same id. */
  add(grant: Grant): void {
    this.remove(grant.id);
    const entry: Entry = { grant, order: this.#made++, lists: [] };
    this.#grants.set(grant.id, entry);
    const byOperation = emplace(this.#buckets, granteeKey(grant.grantee), () => new Map<string, Bucket>());
    for (const operation of new Set(grant.operations)) {
      const list = listFor(emplace(byOperation, operation, newBucket), grant, operation);
      list.push(entry);
      entry.lists.push(list);
    }
  }

  remove(id: string): void {
    const entry = this.#grants.get(id);
    if (entry === undefined) return;
    this.#grants.delete(id);
    for (const list of entry.lists) list.splice(list.indexOf(entry), 1);
  }

  /** The first grant that allows `operation` on this request; those to the caller itself before those to its account. */
  find(operation: string, asked: Asked): GrantMatch | undefined {
    if (this.#grants.size === 0) return undefined;
    let first: Entry | undefined;
    const [toAccount, ...own] = callerKeys(asked.principal);
    for (const key of own) first = this.#firstUnder(key, operation, asked, first);
    first ??= this.#firstUnder(toAccount, operation, asked, undefined);
    const hold = first && holdBy(first.grant.grantee, asked.principal);
    return first !== undefined && hold !== undefined ? { grant: first.grant, hold } : undefined;
  }

  #firstUnder(key: string, operation: string, asked: Asked, before: Entry | undefined): Entry | undefined {
    const bucket = this.#buckets.get(key)?.get(operation);
    if (bucket === undefined) return before;
    let first = firstOf(bucket.open, operation, asked, before);
    if (bucket.byPair.size === 0) return first;
    for (const pair of pairsOf(asked)) first = firstOf(bucket.byPair.get(pair) ?? [], operation, asked, first);
    return first;
  }

  /** Every grant that holds the caller, whatever it allows, in the order in which they were made. */
  heldBy(principal: Principal): readonly Grant[] {
    const found = new Set<Entry>();
    for (const key of callerKeys(principal)) {
      for (const { open, byPair } of this.#buckets.get(key)?.values() ?? []) {
        for (const list of [open, ...byPair.values()]) for (const entry of list) found.add(entry);
      }
    }
    const grants = [...found].sort((a, b) => a.order - b.order).map(({ grant }) => grant);
    return grants.filter(({ grantee }) => holdBy(grantee, principal) !== undefined);
  }
}

function firstOf(
  entries: readonly Entry[],
  operation: string,
  asked: Asked,
  before: Entry | undefined,
): Entry | undefined {
  for (const entry of entries) {
    if (before !== undefined && before.order < entry.order) return before;
    if (obstacleOf(entry.grant, operation, asked) !== undefined) continue;
    // What a role's name finds may be a role of that name in another partition.
    if (holdBy(entry.grant.grantee, asked.principal) !== undefined) return entry;
  }
  return before;
}

/** The pairs of the request's encryption context, as the index files them. */
function pairsOf(asked: Asked): ReadonlySet<string> {
  const keys = contextValue(CONTEXT_KEYS, asked, 'key policy') ?? [];
  const pairs = new Set<string>();
  for (const key of typeof keys === 'string' ? [keys] : keys) {
    const use = keyUse(`kms:EncryptionContext:${key}`);
    const value = contextValue(use, asked, 'key policy');
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) pairs.add(`${use.folded}\n${one}`);
  }
  return pairs;
}

/** By the pair that the fewest others are filed under: what many grants have in common finds none of them. */
function listFor({ open, byPair }: Bucket, { constraints }: Grant, operation: string): Entry[] {
  const pairs = carriesEncryptionContext(operation) ? neededPairs(constraints) : [];
  let shortest: Entry[] | undefined;
  for (const { use, value } of pairs) {
    const list = emplace(byPair, `${use.folded}\n${value}`, () => []);
    if (shortest === undefined || list.length < shortest.length) shortest = list;
  }
  return shortest ?? open;
}

function newBucket(): Bucket {
  return { open: [], byPair: new Map() };
}

/** Under what a grant is filed. A role goes by its name, which is unique in an account whatever its path. */
function granteeKey(grantee: string): string {
  if (/^\d{12}$/.test(grantee)) return `account ${grantee}`;
  const principal = parsePrincipal(grantee);
  if (principal?.kind === 'root') return `account ${principal.account}`;
  return principal?.kind === 'role' ? roleKey(principal.account, grantee.slice(grantee.lastIndexOf('/') + 1)) : grantee;
}

type CallerKeys = readonly [string, ...string[]];
const callers = new WeakMap<Principal, CallerKeys>();

/** The account first, then whatever else the caller is called by. */
function callerKeys(principal: Principal): CallerKeys {
  const known = callers.get(principal);
  if (known !== undefined) return known;
  const { kind, arn, account } = principal;
  const name = kind === 'session' ? arn.split('/', 2)[1] : arn.slice(arn.lastIndexOf('/') + 1);
  const isRole = kind === 'role' || kind === 'session';
  const keys: CallerKeys = [`account ${account}`, arn, ...(isRole ? [roleKey(account, name ?? '')] : [])];
  callers.set(principal, keys);
  return keys;
}

function roleKey(account: string, name: string): string {
  return `role ${account} ${name}`;
}

function emplace<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
