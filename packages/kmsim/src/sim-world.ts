// The world and the records that a simulation begins with.

import type { Backend } from '@kmsim/hsm-core';
import { decodeBase64, type Kms, restoreSnapshot, snapshotFormat } from '@kmsim/kms';
import { bringLiveRoot, liveWorld, simulatedWorld, type World } from '@kmsim/world';
import { KmsimError } from './kmsim-error.ts';
import { isRecord, shown } from './option-forms.ts';
import type { KmsimOptions, KmsimSnapshot } from './options.ts';
import { instantOf } from './sim-clock.ts';

/** What a world is made of: the options with their snapshot opened. */
export type WorldOptions = Pick<KmsimOptions, 'clock' | 'seed' | 'start'> & {
  readonly snapshot?: KmsimSnapshot | undefined;
};

/** The world that the options ask for: a new one, or that of a snapshot. */
export function worldFor(options: WorldOptions, { hmacSha256 }: Pick<Backend, 'hmacSha256'>): World {
  const { clock, seed, snapshot, start } = options;
  const position = snapshot?.kms.world;
  if (position !== undefined) {
    if (clock !== undefined) throw new KmsimError('InvalidOption', 'A snapshot brings its clock: leave clock out.');
    if (start !== undefined) throw new KmsimError('InvalidOption', 'A snapshot brings its instant: leave start out.');
    if (seed !== undefined && String(seed) !== position.seed) {
      throw new KmsimError('InvalidOption', 'A snapshot brings its seed: leave seed out.');
    }
    return position.seed === undefined
      ? liveWorld({ position, root: snapshot && rootOf(snapshot), hmacSha256 })
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
  const { instance } = snapshot.kms.world;
  const root = rootOf(snapshot);
  // What was opened with it may be forked and saved again.
  if (instance !== undefined && root !== undefined && !bringLiveRoot(instance, root)) throw unopened(snapshot);
}

function rootOf(snapshot: KmsimSnapshot): Uint8Array | undefined {
  return snapshot.root === undefined ? undefined : decodeBase64(snapshot.root);
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
