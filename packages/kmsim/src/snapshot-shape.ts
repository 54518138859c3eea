// Whether a value has the shape of a snapshot: as much of it as the world needs. The records and their seal are the engine's to judge.

import { decodeBase64, isWorldPosition } from '@kmsim/kms';
import { aRegion, isRecord } from './option-forms.ts';
import { type KmsimSnapshot, kmsimOptionForms } from './options.ts';

/** Bytes of a live world's secret. */
const rootLength = 32;

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
  if (value['root'] !== undefined && !isRoot(value['root'])) return false;
  const kms = value['kms'];
  return isRecord(kms) && typeof kms['vault'] === 'string' && isWorldPosition(kms['world']);
}

function isRoot(root: unknown): boolean {
  return typeof root === 'string' && decodeBase64(root)?.length === rootLength;
}
