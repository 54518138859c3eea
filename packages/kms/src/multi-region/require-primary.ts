// What only a primary may do.

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import { keyState } from '../state/key-state.ts';
import type { KeyRecord } from '../state/records.ts';
import { message } from '../tables/key-states.ts';
import { isMultiRegion, isReplica, type MultiRegionRecord } from './related.ts';

/** Refuses single-Region keys and replicas (recording replicate-replica-key). */
export function requirePrimary(call: Call, key: KeyRecord): MultiRegionRecord {
  requireSettled(call, key);
  return isMultiRegion(key) && !isReplica(key) ? key : notPrimary(key);
}

/** Refuses replicas: what is asked for is theirs to repeat. Words as recorded for ReplicateKey. */
export function requireNotReplica(call: Call, key: KeyRecord): void {
  if (!isReplica(key)) return;
  requireSettled(call, key);
  notPrimary(key);
}

// While the role of primary changes hands nobody has it. https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html
function requireSettled({ now }: Call, key: KeyRecord): void {
  if (keyState(key, now) === 'Updating') fail('KMSInvalidStateException', message('updating', key.arn, key));
}

function notPrimary({ arn }: KeyRecord): never {
  return fail('UnsupportedOperationException', `${arn} is not a multi-region primary key.`);
}
