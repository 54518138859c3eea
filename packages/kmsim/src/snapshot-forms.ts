// Snapshots that leave the process: sealed under a key of the caller's, or plain where that is asked for by name.

import { type Backend, openText, sealingKeyLength, sealText } from '@kmsim/hsm-core';
import { decodeBase64, encodeBase64 } from '@kmsim/kms';
import { liveRoot } from '@kmsim/world';
import { KmsimError } from './kmsim-error.ts';
import { checkOptions, type Form, type Forms, isRecord } from './option-forms.ts';
import type { KmsimOptions, KmsimSnapshot, SealedSnapshot, SnapshotOptions } from './options.ts';
import { unopened } from './sim-world.ts';
import { isSnapshot } from './snapshot-shape.ts';

const sealedFormat = 'kmsim sealed snapshot 1';

/** More is looked at by nobody: 1 GiB in base64. */
const longestSealed = Math.ceil(2 ** 30 / 3) * 4;

const aSealingKey: Form = {
  is: (value) => value instanceof Uint8Array && value.length === sealingKeyLength,
  text: `a Uint8Array of ${sealingKeyLength} bytes`,
};

const forms: Forms<SnapshotOptions> = {
  key: aSealingKey,
  plaintextKeys: { is: (value) => value === true, text: 'true, where anybody may read the keys' },
};

/** A snapshot in the form that was asked for. */
export function formOf(
  snapshot: KmsimSnapshot,
  backend: Backend,
  options: SnapshotOptions,
): KmsimSnapshot | SealedSnapshot {
  checkOptions('snapshot', options, forms);
  const { key, plaintextKeys } = options;
  if (key !== undefined && plaintextKeys !== undefined)
    throw new KmsimError(
      'InvalidOption',
      'snapshot: with a key it is sealed, with plaintextKeys it is not: leave one out.',
    );
  if (key === undefined) return plaintextKeys === true ? portable(snapshot) : snapshot;
  const sealed = sealText(backend, key, JSON.stringify(portable(snapshot)));
  return { format: sealedFormat, sealed: encodeBase64(sealed) };
}

/** With what opens it: a seed is in it already. */
function portable(snapshot: KmsimSnapshot): KmsimSnapshot {
  const { instance } = snapshot.kms.world;
  return instance === undefined ? snapshot : { ...snapshot, root: encodeBase64(liveRoot(instance)) };
}

/** The snapshot that the options bring, opened. */
export function openedSnapshot(
  { snapshot, snapshotKey: key }: Pick<KmsimOptions, 'snapshot' | 'snapshotKey'>,
  backend: Backend,
): KmsimSnapshot | undefined {
  if (!isSealed(snapshot)) {
    if (key !== undefined) throw new KmsimError('InvalidOption', 'No sealed snapshot is there: leave snapshotKey out.');
    if (snapshot !== undefined && !isSnapshot(snapshot)) throw unopened(snapshot);
    return snapshot;
  }
  if (key === undefined)
    throw new KmsimError('InvalidSnapshot', 'The snapshot is sealed.', { hint: 'Give its key as snapshotKey.' });
  const text = snapshot.sealed.length > longestSealed ? undefined : textOf(snapshot.sealed, key, backend);
  const opened: unknown = text === undefined ? undefined : JSON.parse(text);
  if (!isSnapshot(opened))
    throw new KmsimError('InvalidSnapshot', 'The snapshot does not open with this key.', {
      hint: 'Give the snapshotKey that it was sealed with, and the snapshot unchanged.',
    });
  return opened;
}

function textOf(sealed: string, key: Uint8Array, backend: Backend): string | undefined {
  const bytes = decodeBase64(sealed);
  return bytes === undefined ? undefined : openText(backend, key, bytes);
}

function isSealed(snapshot: unknown): snapshot is SealedSnapshot {
  return isRecord(snapshot) && snapshot['format'] === sealedFormat && typeof snapshot['sealed'] === 'string';
}
