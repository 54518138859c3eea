// The world and the records that a simulation begins with.

import type { Backend } from '@kmsim/hsm-core';
import { type Kms, restoreSnapshot, snapshotFormat } from '@kmsim/kms';
import { liveWorld, simulatedWorld, type World } from '@kmsim/world';
import { KmsimError } from './kmsim-error.ts';
import { isRecord, shown } from './option-forms.ts';
import type { KmsimOptions, KmsimSnapshot } from './options.ts';
import { instantOf } from './sim-clock.ts';

/** The world that the options ask for: a new one, or that of a snapshot. */
export function worldFor(
  options: Pick<KmsimOptions, 'clock' | 'seed' | 'snapshot' | 'start'>,
  { hmacSha256 }: Pick<Backend, 'hmacSha256'>,
): World {
  const { clock, seed, snapshot, start } = options;
  const position = snapshot?.kms.world;
  if (position !== undefined) {
    if (clock !== undefined) throw new KmsimError('InvalidOption', 'A snapshot brings its clock: leave clock out.');
    if (start !== undefined) throw new KmsimError('InvalidOption', 'A snapshot brings its instant: leave start out.');
    if (seed !== undefined && String(seed) !== position.seed) {
      throw new KmsimError('InvalidOption', 'A snapshot brings its seed: leave seed out.');
    }
    return position.seed === undefined
      ? liveWorld({ position, hmacSha256 })
      : simulatedWorld({ seed: position.seed, position, hmacSha256 });
  }
  if (seed === undefined) {
    if (start !== undefined) throw new KmsimError('InvalidOption', 'A start needs a seed.');
    if (clock === 'still') throw new KmsimError('InvalidOption', 'A clock that stands still needs a seed.');
    return liveWorld({ hmacSha256 });
  }
  const first = start === undefined ? {} : { start: instantOf(start) };
  return simulatedWorld({ seed, running: clock === 'running', hmacSha256, ...first });
}

/** Fills an engine from a snapshot. */
export function restore(kms: Kms, snapshot: KmsimSnapshot): void {
  let fault: string | undefined;
  try {
    fault = restoreSnapshot(kms, snapshot.kms);
  } catch {
    // Records that somebody else wrote.
    fault = 'not a snapshot';
  }
  if (fault !== undefined) throw unopened(snapshot);
}

/** What is wrong with a snapshot, as far as it can be told. */
export function unopened(snapshot: unknown): KmsimError {
  if (typeof snapshot === 'string')
    return new KmsimError('InvalidSnapshot', 'The snapshot is text: read it with JSON.parse.');
  const kms = isRecord(snapshot) ? snapshot['kms'] : undefined;
  const format = isRecord(kms) ? kms['format'] : undefined;
  const isOfOthers = typeof format === 'string' && format.startsWith('kmsim snapshot ') && format !== snapshotFormat;
  const problem = isOfOthers
    ? `The snapshot is of another version of kmsim (${shown(format)}): take it anew with this one.`
    : 'The snapshot cannot be opened.';
  return new KmsimError('InvalidSnapshot', problem);
}
