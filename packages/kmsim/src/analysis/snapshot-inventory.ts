// The inventory in a snapshot, read without opening it: no seed and no seal is needed to look at policies.

import type { AliasRecord, GrantRecord, IdentityRecord, KeyRecord, UsageRecord } from '@kmsim/kms';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord } from '../option-forms.ts';
import { isSnapshot } from '../snapshot-shape.ts';
import type { Inventory } from './inventory.ts';

type Kind = 'string' | 'number' | 'boolean' | 'list';

/** The members that are looked at. What is not here is asked only whether it is there. */
const shapes = {
  keys: {
    arn: 'string',
    id: 'string',
    account: 'string',
    region: 'string',
    createdAt: 'number',
    manager: 'string',
    spec: 'string',
    origin: 'string',
    policy: 'string',
    tags: 'list',
    materials: 'list',
  },
  aliases: { name: 'string', target: 'string' },
  grants: { id: 'string', key: 'string', grantee: 'string', operations: 'list', createdAt: 'number' },
  identities: { arn: 'string', policies: 'list' },
  usages: { at: 'number' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Kind>>>>;

/** Raises InvalidSnapshot. */
export function inventoryIn(snapshot: unknown): Inventory {
  if (!isSnapshot(snapshot)) throw new KmsimError('InvalidSnapshot', 'That is no snapshot of kmsim.');
  const state = snapshot.kms.state as unknown;
  const rows = (table: keyof typeof shapes): readonly (readonly [string, object])[] => rowsOf(state, table);
  const records = (table: keyof typeof shapes): readonly unknown[] => rows(table).map(([, record]) => record);
  return {
    now: snapshot.kms.world.now,
    keys: records('keys') as readonly KeyRecord[],
    aliases: records('aliases') as readonly AliasRecord[],
    grants: records('grants') as readonly GrantRecord[],
    identities: records('identities') as readonly IdentityRecord[],
    usages: new Map(rows('usages') as readonly (readonly [string, UsageRecord])[]),
  };
}

function rowsOf(state: unknown, table: keyof typeof shapes): readonly (readonly [string, object])[] {
  const rows = isRecord(state) ? state[table] : undefined;
  if (!Array.isArray(rows)) throw unreadable(table);
  return rows.map((row: unknown) => {
    const [name, record] = Array.isArray(row) ? (row as readonly unknown[]) : [];
    if (typeof name !== 'string' || !isRecord(record) || !hasShape(record, shapes[table])) throw unreadable(table);
    return [name, record];
  });
}

function hasShape(record: Readonly<Record<string, unknown>>, shape: Readonly<Record<string, Kind>>): boolean {
  return Object.entries(shape).every(([name, kind]) => {
    const value = record[name];
    return kind === 'list' ? Array.isArray(value) && value.every(isItem) : typeof value === kind;
  });
}

const isItem = (value: unknown): boolean => typeof value === 'string' || isRecord(value);

function unreadable(table: string): KmsimError {
  return new KmsimError('InvalidSnapshot', `The ${table} of the snapshot cannot be read.`);
}
