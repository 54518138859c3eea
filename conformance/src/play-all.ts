// Plays many transcripts against one target and keeps every result, whatever the target does.

import type { Filed } from './load.ts';
import { type Played, replay } from './replay.ts';
import type { NoAnswer, Result } from './result.ts';
import type { OpenTarget, Target } from './target.ts';
import { TargetError } from './targets/target-error.ts';

export interface Replayed extends Filed {
  readonly result: Result;
}

export interface PlayOptions {
  /** Paths of transcripts that are known to fail, each with the reason: named skips, as long as they do. */
  readonly gaps?: Readonly<Record<string, string>>;
  readonly onResult?: (replayed: Replayed) => void;
  readonly onStep?: (filed: Filed, played: Played) => void;
  /** Asked before each transcript; true leaves the rest out. */
  readonly stopped?: () => boolean;
}

// A target that is down would otherwise cost its time limit for each scenario.
const mostSilence = 3;

export async function playAll(
  filed: readonly Filed[],
  open: OpenTarget,
  options: PlayOptions = {},
): Promise<readonly Replayed[]> {
  const results: Replayed[] = [];
  let silence = 0;
  let last = '';
  for (const one of filed) {
    const result =
      options.stopped?.() === true
        ? unasked('the run was stopped')
        : silence >= mostSilence
          ? unasked(`not asked any more: ${last}`)
          : await playOne(one, open, options);
    const silent = result.outcome === 'no answer' && result.silent;
    silence = silent ? silence + 1 : 0;
    if (silent && silence < mostSilence) last = result.reason;
    const replayed = { ...one, result: afterGap(result, options.gaps?.[one.path]) };
    results.push(replayed);
    options.onResult?.(replayed);
  }
  return results;
}

async function playOne(filed: Filed, open: OpenTarget, { onStep }: PlayOptions): Promise<Result> {
  let target: Target | undefined;
  try {
    target = await open(filed.path);
    return await replay(filed.transcript, target, { onStep: (played) => onStep?.(filed, played) });
  } catch (error) {
    if (error instanceof TargetError) return unasked(error.message, error.silent);
    throw error;
  } finally {
    await target?.close?.();
  }
}

function unasked(reason: string, silent = true): NoAnswer {
  return { outcome: 'no answer', step: '', operation: '', reason, silent };
}

function afterGap(result: Result, reason: string | undefined): Result {
  return reason === undefined || result.outcome === 'passed'
    ? result
    : { outcome: 'skipped', reason: `known gap: ${reason}` };
}
