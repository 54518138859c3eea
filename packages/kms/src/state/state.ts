// The state of the service: tables of records, and the indexes that follow from them.

import type { QuotaRecord } from '../quotas/throttler.ts';
import { Grants } from './grants.ts';
import type { CustomKeyStoreRecord } from './key-store-records.ts';
import type {
  AliasRecord,
  DeliveryRecord,
  GrantRecord,
  KeyRecord,
  LetterRecord,
  TableName,
  Tables,
} from './records.ts';
import { tableNames } from './records.ts';
import { Site } from './site.ts';

/** The records of a state as plain data, each table in its own order. */
export type StateRecords = {
  readonly [Name in TableName]: readonly (readonly [key: string, record: Tables[Name]])[];
} & {
  readonly nextOrdinal: number;
  /** What a snapshot has of quotas; not in older ones. */
  readonly quotas?: QuotaRecord;
};

/** Told of every key record that is bound, with what stood there before. */
export type KeyWatcher = (before: KeyRecord | undefined, after: KeyRecord | undefined) => void;
/** Told of every message between Regions and of every custom key store that is bound, with the key of its record. */
export type PostWatcher = (key: string, post: DeliveryRecord | LetterRecord | CustomKeyStoreRecord) => void;

/** Told of every record that is written from outside: by no call and no timed effect. */
export type OutsideWatcher = (table: TableName, key: string, record: object | undefined) => void;

/** Told of every grant record that is bound. */
export type GrantWatcher = (after: GrantRecord | undefined) => void;

export class State {
  readonly grants: Grants = new Grants();
  readonly #tables: { readonly [Name in TableName]: Map<string, Tables[Name]> } = {
    keys: new Map(),
    aliases: new Map(),
    usages: new Map(),
    identities: new Map(),
    grants: new Map(),
    memberships: new Map(),
    endpoints: new Map(),
    disabledRegions: new Map(),
    deliveries: new Map(),
    letters: new Map(),
    keyStores: new Map(),
    endpointServices: new Map(),
  };
  /** Custom key store -> the ARNs of its keys. */
  readonly #keysInStores = new Map<string, Set<string>>();
  /** Account -> Region -> what is there. */
  readonly #sites = new Map<string, Map<string, Site>>();
  /** Region -> key id -> the key. */
  readonly #keysById = new Map<string, Map<string, KeyRecord>>();
  readonly #watchKey: KeyWatcher;
  readonly #watchGrant: GrantWatcher;
  readonly #watchPost: PostWatcher;
  readonly #watchOutside: OutsideWatcher | undefined;
  #nextOrdinal = 1;

  constructor(
    watchKey: KeyWatcher,
    watchGrant: GrantWatcher = () => {},
    watchPost: PostWatcher = () => {},
    watchOutside?: OutsideWatcher,
  ) {
    this.#watchKey = watchKey;
    this.#watchGrant = watchGrant;
    this.#watchPost = watchPost;
    this.#watchOutside = watchOutside;
  }

  get<Name extends TableName>(table: Name, key: string): Tables[Name] | undefined {
    return this.#tables[table].get(key);
  }

  /** Whether a table has no record. */
  isEmpty(table: TableName): boolean {
    return this.#tables[table].size === 0;
  }

  /** The records of a table, in its order. */
  rows<Name extends TableName>(table: Name): Iterable<Tables[Name]> {
    return this.#tables[table].values();
  }

  /** `undefined` removes. */
  set<Name extends TableName>(table: Name, key: string, record: Tables[Name] | undefined): void {
    this.#put(table, key, record);
    if (this.#watchOutside !== undefined && outsideTables.includes(table)) this.#watchOutside(table, key, record);
  }

  /** The one place where a record changes. */
  #put<Name extends TableName>(table: Name, key: string, record: Tables[Name] | undefined): void {
    const rows = this.#tables[table];
    if (table === 'keys' || table === 'aliases' || table === 'grants') this.#index(table, rows.get(key), record);
    if (record === undefined) rows.delete(key);
    else rows.set(key, record);
    if (record !== undefined && (table === 'deliveries' || table === 'letters' || table === 'keyStores'))
      this.#watchPost(key, record as DeliveryRecord | LetterRecord | CustomKeyStoreRecord);
  }

  /** The ordinal of the next key: no key has had it. */
  get nextOrdinal(): number {
    return this.#nextOrdinal;
  }

  site(account: string, region: string): Site {
    let sites = this.#sites.get(account);
    if (sites === undefined) {
      sites = new Map();
      this.#sites.set(account, sites);
    }
    let site = sites.get(region);
    if (site === undefined) {
      site = new Site(account, region);
      sites.set(region, site);
    }
    return site;
  }

  #index<Name extends TableName>(table: Name, before: Tables[Name] | undefined, after: Tables[Name] | undefined): void {
    if (table === 'keys') this.#indexKey(before as KeyRecord | undefined, after as KeyRecord | undefined);
    else if (table === 'aliases') this.#indexAlias(before as AliasRecord | undefined, after as AliasRecord | undefined);
    else if (table === 'grants') this.#indexGrant(before as GrantRecord | undefined, after as GrantRecord | undefined);
  }

  #indexKey(before: KeyRecord | undefined, after: KeyRecord | undefined): void {
    if (after !== undefined) this.#region(after.region).set(after.id, after);
    if (after !== undefined && before === undefined) {
      this.site(after.account, after.region).addKey(after);
      this.#nextOrdinal = Math.max(this.#nextOrdinal, after.ordinal + 1);
    } else if (after === undefined && before !== undefined) {
      this.site(before.account, before.region).removeKey(before);
      this.#region(before.region).delete(before.id);
    }
    this.#indexPlace(before, after);
    this.#watchKey(before, after);
  }

  // A key stays in its store as long as it is there.
  #indexPlace(before: KeyRecord | undefined, after: KeyRecord | undefined): void {
    const store = (after ?? before)?.customKeyStore?.id;
    if (store === undefined) return;
    let keys = this.#keysInStores.get(store);
    if (keys === undefined) {
      keys = new Set();
      this.#keysInStores.set(store, keys);
    }
    if (after !== undefined) keys.add(after.arn);
    else if (before !== undefined) keys.delete(before.arn);
  }

  /** The ARNs of the keys in a custom key store, the oldest first. */
  keysInStore(id: string): Iterable<string> {
    return this.#keysInStores.get(id) ?? [];
  }

  #indexAlias(before: AliasRecord | undefined, after: AliasRecord | undefined): void {
    if (after !== undefined) this.site(after.account, after.region).setAlias(after, before);
    else if (before !== undefined) this.site(before.account, before.region).removeAlias(before);
  }

  #indexGrant(before: GrantRecord | undefined, after: GrantRecord | undefined): void {
    this.grants.set(before, after);
    this.#watchGrant(after);
  }

  /** The key of that id in a Region, whoever owns it. */
  keyById(region: string, id: string): KeyRecord | undefined {
    return this.#keysById.get(region)?.get(id);
  }

  /** All keys of that id: one, or related keys in the order of their Regions' first keys. */
  keysOf(id: string): readonly KeyRecord[] {
    const found: KeyRecord[] = [];
    for (const keys of this.#keysById.values()) {
      const key = keys.get(id);
      if (key !== undefined) found.push(key);
    }
    return found;
  }

  #region(region: string): Map<string, KeyRecord> {
    let keys = this.#keysById.get(region);
    if (keys === undefined) {
      keys = new Map();
      this.#keysById.set(region, keys);
    }
    return keys;
  }

  records(): StateRecords {
    const records: Record<string, unknown> = { nextOrdinal: this.#nextOrdinal };
    for (const name of tableNames) records[name] = [...this.#tables[name]];
    return records as StateRecords;
  }

  /** Fills an empty state. */
  restore(records: StateRecords): void {
    for (const name of tableNames) {
      // A snapshot of before does not have them all.
      for (const [key, record] of records[name] ?? [])
        this.#put(name, key, name === 'keys' ? { ...absent, ...(record as KeyRecord) } : record);
    }
    this.#nextOrdinal = records.nextOrdinal;
  }
}

/** The tables that no call writes. */
export const outsideTables: readonly TableName[] = [
  'identities',
  'memberships',
  'endpoints',
  'disabledRegions',
  'endpointServices',
];

// JSON leaves out what is undefined. Given back in the order of new-key.ts, so that a restored key is written like one that never left.
const absent: Readonly<Record<Exclude<keyof KeyRecord, 'customKeyStore' | 'former'>, undefined>> = {
  arn: undefined,
  id: undefined,
  account: undefined,
  region: undefined,
  ordinal: undefined,
  createdAt: undefined,
  manager: undefined,
  spec: undefined,
  usage: undefined,
  origin: undefined,
  description: undefined,
  enabled: undefined,
  replicas: undefined,
  policy: undefined,
  tags: undefined,
  materials: undefined,
  currentMaterial: undefined,
  pendingMaterial: undefined,
  rotation: undefined,
  rotating: undefined,
  onDemandRotations: undefined,
  deletion: undefined,
};
