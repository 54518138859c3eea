// What `kmsim replay` and `kmsim score` have in common: a target is chosen, transcripts are played, the real AWS is cleaned up.

import type { Filed } from '../load.ts';
import { playAll, type Replayed } from '../play-all.ts';
import { costNotice } from '../targets/aws.ts';
import { type ChosenTarget, chooseTarget, isAws } from '../targets/choose-target.ts';
import type { Io } from './io.ts';
import { progressOn } from './progress.ts';

export interface TargetFlags {
  /** `in-process`, `sdk-door`, `http-door`, an address, or `aws`. */
  readonly target: string;
  /** Stands for the first Region of each transcript. */
  readonly region?: string | undefined;
  /** Seconds that an answer may take. */
  readonly timeLimit?: number | undefined;
  /** Said by whoever has read the notice. */
  readonly acceptCosts?: boolean | undefined;
}

/** The target; undefined when it costs money and nobody has agreed to that. */
export function choose(flags: TargetFlags, io: Io, bySdk = false): ChosenTarget | undefined {
  const { acceptCosts = false, region, target, timeLimit } = flags;
  if (isAws(target)) {
    io.stderr.write(`${costNotice}\n`);
    if (!acceptCosts) io.stderr.write('Nothing was done. Say --i-accept-costs to go on.\n');
    if (!acceptCosts) return undefined;
  }
  const timeLimitMs = timeLimit === undefined ? undefined : timeLimit * 1000;
  return chooseTarget(target, { env: io.env, region, timeLimitMs, bySdk });
}

export interface RunOptions {
  readonly gaps?: Readonly<Record<string, string>>;
}

/** Every result, also when the run is interrupted. */
export async function run(
  filed: readonly Filed[],
  chosen: ChosenTarget,
  io: Io,
  options: RunOptions = {},
): Promise<readonly Replayed[]> {
  let stopped = false;
  const unlisten = inOrder(io, () => {
    stopped = true;
  });
  const progress = progressOn(io.stderr, filed.length);
  try {
    return await playAll(filed, chosen.open, {
      ...options,
      stopped: () => stopped,
      onResult: (replayed) => progress.tell(replayed),
    });
  } finally {
    progress.end();
    unlisten();
    await cleanUp(chosen, io);
  }
}

/** Lets Ctrl-C end the run after the scenario it is at, so that nothing that costs is left behind. */
export function inOrder(io: Io, stop: () => void = () => {}): () => void {
  return io.onInterrupt(() => {
    io.stderr.write('\nEnding after this scenario. Ctrl-C again ends at once, and leaves what was created.\n');
    stop();
  });
}

/** Schedules the deletion of what was created, and says what is left. */
export async function cleanUp(chosen: ChosenTarget, io: Io): Promise<void> {
  const cleaned = await chosen.cleanUp();
  if (cleaned === undefined) return;
  io.stderr.write(`The deletion of ${cleaned.scheduled.length} keys is scheduled.\n`);
  for (const { arn, reason } of cleaned.left)
    io.stderr.write(`STILL THERE, schedule its deletion: ${arn} (${reason})\n`);
}
