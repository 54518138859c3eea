// Whether a value out of a file is the position of a world: of a snapshot, or of the beginning of a trace.

import { checkFaultPlan, lastInstant, type WorldPosition } from '@kmsim/world';
import { faultVocabulary } from '../faults/service-fault-table.ts';

/** Milliseconds from 1970 to 9999. */
export function isOnClock(instant: unknown): instant is number {
  return typeof instant === 'number' && Number.isSafeInteger(instant) && instant >= 0 && instant <= lastInstant;
}

export function isWorldPosition(value: unknown): value is WorldPosition {
  if (!isRecord(value)) return false;
  const { faults, instance, now, running, seed, streams } = value;
  if (running !== undefined && running !== true) return false;
  const named = [seed, instance].every((name) => name === undefined || typeof name === 'string');
  return named && isOnClock(now) && isRecord(streams) && Object.values(streams).every(isCount) && areFaults(faults);
}

export function isPossiblePlan(plan: unknown): boolean {
  return checkFaultPlan(plan, faultVocabulary()).length === 0;
}

function areFaults(faults: unknown): boolean {
  if (faults === undefined) return true;
  if (!isRecord(faults) || !areFloors(faults['floors'])) return false;
  return isOnClock(faults['start']) && isCount(faults['number']) && isPossiblePlan(faults['plan']);
}

function areFloors(floors: unknown): boolean {
  if (floors === undefined) return true;
  if (!isRecord(floors) || !isRecord(floors['regions'])) return false;
  return [floors['least'], ...Object.values(floors['regions'])].every((reading) => Number.isSafeInteger(reading));
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
