// The state of a key, as a function of its record and the instant: never a flag that somebody must flip.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html

import { isComing } from '@kmsim/multi-region';
import type { KeyState } from '../tables/key-states.ts';
import { lacksMaterial } from './imported-material.ts';
import type { Instant, KeyRecord } from './records.ts';

/** What DescribeKey calls KeyState at an instant. A deletion that is due counts as pending until the agenda has carried it out. */
export function keyState(key: KeyRecord, _now: Instant): KeyState {
  const { deletion, region, replicas } = key;
  if (deletion !== undefined) return deletion.at === undefined ? 'PendingReplicaDeletion' : 'PendingDeletion';
  if (replicas !== undefined && isComing(replicas, region)) return 'Creating';
  // Before what its material says: the role of primary must arrive, whatever expires meanwhile.
  if (replicas?.handover !== undefined) return 'Updating';
  if (lacksMaterial(key)) return 'PendingImport';
  return key.enabled ? 'Enabled' : 'Disabled';
}
