// The state of a key, as a function of its record and the instant: never a flag that somebody must flip.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

import type { KeyState } from '../tables/key-states.ts';
import { lacksMaterial } from './imported-material.ts';
import type { Instant, KeyRecord } from './records.ts';

/** What DescribeKey calls KeyState at an instant. A deletion that is due counts as pending until the agenda has carried it out. */
export function keyState(key: KeyRecord, _now: Instant): KeyState {
  if (key.deletion !== undefined) return 'PendingDeletion';
  if (lacksMaterial(key)) return 'PendingImport';
  return key.enabled ? 'Enabled' : 'Disabled';
}
