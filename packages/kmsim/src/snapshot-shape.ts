// Whether a value has the shape of a snapshot: as much of it as the world needs. The records and their seal are the engine's to judge.

import { isWorldPosition } from '@kmsim/kms';
import { aRegion, isRecord } from './option-forms.ts';
import { type KmsimSnapshot, kmsimOptionForms } from './options.ts';

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
  return isRecord(kms) && typeof kms['vault'] === 'string' && isWorldPosition(kms['world']);
}
