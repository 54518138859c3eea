// The trace of a simulation, and playing one again.

import { chooseBackend } from '@kmsim/hsm-core';
import { type ReplayedTrace, replayTrace as replay, type TraceFault } from '@kmsim/kms';
import { Trace, type World } from '@kmsim/world';
import { loadAttestation } from './attestation/load-library.ts';
import { KmsimError } from './kmsim-error.ts';
import type { KmsimOptions } from './options.ts';

/** The trace of a run. */
export type SimTrace = Pick<Trace, 'length' | 'lines' | 'text' | 'sha256'>;

export function newTrace(
  kind: NonNullable<KmsimOptions['trace']>,
  { running, seed }: Pick<World, 'running' | 'seed'>,
): Trace | undefined {
  if (kind === false) return undefined;
  if (kind === 'inputs' && seed === undefined)
    throw new KmsimError('InvalidOption', "trace: 'inputs' needs a seed: without one nobody can play the run again.");
  if (kind === 'inputs' && running)
    throw new KmsimError(
      'InvalidOption',
      "trace: 'inputs' needs a clock that stands still: nobody can play the machine's again.",
    );
  return new Trace({ keepLines: kind !== 'sha256', inputs: kind === 'inputs' });
}

/**
 * Plays a run again from `sim.trace.text()` of `createKmsim({ seed, trace: 'inputs' })`, in a simulation of its own, and compares line by
 * line.
 */
export async function replayTrace(text: string): Promise<ReplayedTrace> {
  const backend = chooseBackend(undefined);
  if (backend === undefined) throw new KmsimError('NoNativeBackend', 'There is no backend.');
  const outcome =
    typeof text === 'string' ? await replay(text, backend, { loadAttestation }) : ({ why: 'not a trace' } as const);
  if ('why' in outcome) throw new KmsimError('InvalidTrace', wordsFor(outcome));
  return outcome;
}

function wordsFor(fault: TraceFault): string {
  switch (fault.why) {
    case 'not a trace':
      return 'That is no trace of kmsim.';
    case 'another version':
      return `The trace is of another version of kmsim: ${JSON.stringify(fault.format.slice(0, 64))}.`;
    case 'no inputs':
      return 'The trace says what happened and not what went in, so it cannot be played again.';
    case 'cut short':
      return `The trace is cut short at line ${fault.line}.`;
    case 'unreadable line':
      return `Line ${fault.line} of the trace was not written by kmsim.`;
  }
}
