// Whether a value has the shape of a snapshot: as much of it as the world needs. The records and their seal are the engine's to judge.

import { faultVocabulary } from '@kmsim/kms';
import { checkFaultPlan } from '@kmsim/world';
import { aRegion, isRecord } from './option-forms.ts';
import { type KmsimSnapshot, kmsimOptionForms } from './options.ts';
import { isOnClock } from './sim-clock.ts';

export function isSnapshot(value: unknown): value is KmsimSnapshot {
  try {
    return hasShape(value);
  } catch {
    // A getter that throws.
    return false;
  }
}

function hasShape(value: unknown): boolean {
  if (!isRecord(value) || !kmsimOptionForms.account.is(value['account']) || !aRegion.is(value['region'])) return false;
  const kms = value['kms'];
  return isRecord(kms) && typeof kms['vault'] === 'string' && isPosition(kms['world']);
}

function isPosition(world: unknown): boolean {
  if (!isRecord(world)) return false;
  const { faults, instance, now, seed, streams } = world;
  const named = [seed, instance].every((name) => name === undefined || typeof name === 'string');
  return named && isOnClock(now) && isRecord(streams) && Object.values(streams).every(isCount) && areFaults(faults);
}

function areFaults(faults: unknown): boolean {
  if (faults === undefined) return true;
  if (!isRecord(faults) || !isOnClock(faults['start']) || !isCount(faults['number'])) return false;
  return checkFaultPlan(faults['plan'], faultVocabulary()).length === 0;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
