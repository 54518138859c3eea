// Whether a value has the shape of a snapshot: looked at before anything in it is used.

import { aRegion, isRecord } from './option-forms.ts';
import { type KmsimSnapshot, kmsimOptionForms } from './options.ts';
import { isOnClock } from './sim-clock.ts';

export function isSnapshot(value: unknown): value is KmsimSnapshot {
  if (!isRecord(value) || !kmsimOptionForms.account.is(value['account']) || !aRegion.is(value['region'])) return false;
  const kms = value['kms'];
  return isRecord(kms) && typeof kms['vault'] === 'string' && isPosition(kms['world']) && isState(kms['state']);
}

function isPosition(world: unknown): boolean {
  if (!isRecord(world)) return false;
  const { instance, now, seed, streams } = world;
  const named = [seed, instance].every((name) => name === undefined || typeof name === 'string');
  return named && isOnClock(now) && isRecord(streams) && Object.values(streams).every(isCount);
}

function isState(state: unknown): boolean {
  if (!isRecord(state)) return false;
  const { nextOrdinal, ...tables } = state;
  return isCount(nextOrdinal) && Object.values(tables).every((rows) => Array.isArray(rows) && rows.every(isRow));
}

function isRow(row: unknown): boolean {
  return Array.isArray(row) && row.length === 2 && typeof row[0] === 'string' && isRecord(row[1]);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
