// Plays everything there is against kmsim, behind each of its doors, and keeps what that has shown.

import { documentedScenarios } from '../documented/index.ts';
import { type Filed, loadTranscripts } from '../load.ts';
import { playAll, type Replayed } from '../play-all.ts';
import { type DoorName, doors } from '../targets/doors.ts';
import { createObserver, type Observation } from './observe.ts';

export interface Measurement {
  readonly recorded: readonly Replayed[];
  readonly documented: readonly Replayed[];
  /** The recordings behind each door. */
  readonly doors: Readonly<Record<DoorName, readonly Replayed[]>>;
  readonly observations: readonly Observation[];
}

export async function measure(): Promise<Measurement> {
  const transcripts = loadTranscripts();
  const observer = createObserver();
  const watched = async (filed: readonly Filed[]): Promise<readonly Replayed[]> =>
    playAll(filed, async (path) => observer.watch(await doors['in-process'](path)), { onStep: observer.note });
  const recorded = await watched(transcripts);
  const documented = await watched(documentedScenarios());
  const behind: Partial<Record<DoorName, readonly Replayed[]>> = {};
  // One after the other: the order of the results is the order of the files.
  for (const name of Object.keys(doors) as DoorName[]) behind[name] = await playAll(transcripts, doors[name]);
  return {
    recorded,
    documented,
    doors: behind as Record<DoorName, readonly Replayed[]>,
    observations: observer.observations,
  };
}
