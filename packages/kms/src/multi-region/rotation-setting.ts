// Where automatic rotation is switched: at the primary, and while the role changes hands for the primary to be.

import type { Call } from '../operation.ts';
import type { AutomaticRotation, KeyRecord } from '../state/records.ts';
import { relativeIn } from './related.ts';
import { requireNotReplica } from './require-primary.ts';

/** The key that has the say over the rotation of a key, or will have it. Refuses replicas. */
export function keyThatRotates(call: Call, key: KeyRecord): KeyRecord {
  const handover = key.replicas?.handover;
  if (handover?.direction === 'to here') return key;
  const next = handover?.direction === 'from here' ? relativeIn(call.kms.state, key, handover.to) : undefined;
  if (next !== undefined) return keyThatRotates(call, next);
  requireNotReplica(call, key);
  return key;
}

/** Switches it on or off. The table of key states allows it while a key is updating. */
export function setRotation(call: Call, key: KeyRecord, rotation: AutomaticRotation | undefined): void {
  const { replicas } = key;
  if (replicas?.handover?.direction !== 'to here') {
    call.setKey({ ...key, rotation });
    return;
  }
  const handover = { direction: 'to here', rotation: rotation === undefined ? {} : { setting: rotation } } as const;
  call.setKey({ ...key, replicas: { ...replicas, handover } });
}
