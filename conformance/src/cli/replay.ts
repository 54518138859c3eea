// `kmsim replay`: plays a file or a folder of transcripts, or an HTTP archive, and shows the first difference of each.

import { loadTranscripts } from '../load.ts';
import { loadPath } from '../load-path.ts';
import { describeResult, explainResult } from '../result.ts';
import { isClean, scoreOf } from '../score.ts';
import { type ExitCode, exitCodes, type Io } from './io.ts';
import { choose, run, type TargetFlags } from './run.ts';

export interface ReplayFlags extends TargetFlags {
  /** A file or a folder; the recordings of this package when absent. */
  readonly path?: string | undefined;
  readonly json?: boolean | undefined;
}

export async function replayCommand(flags: ReplayFlags, io: Io): Promise<ExitCode> {
  const filed = flags.path === undefined ? loadTranscripts() : loadPath(flags.path);
  const chosen = choose(flags, io);
  if (chosen === undefined) return exitCodes.misused;
  const results = await run(filed, chosen, io);
  const score = scoreOf(chosen.name, results);
  if (flags.json === true) {
    const details = results.map(({ path, result }) => ({ path, ...result }));
    io.stdout.write(
      `${JSON.stringify({ target: chosen.name, totals: score.totals, results: details }, undefined, 2)}\n`,
    );
  } else {
    for (const { path, result } of results) {
      const lines = [`${path}: ${describeResult(result)}`, ...explainResult(result).map((line) => `  ${line}`)];
      io.stdout.write(`${lines.join('\n')}\n`);
    }
    const { failed, noAnswer, passed, skipped, unsupported } = score.totals;
    io.stdout.write(
      `${passed} passed, ${failed} failed, ${unsupported} unsupported, ${noAnswer} without an answer, ${skipped} skipped\n`,
    );
  }
  return isClean(score) ? exitCodes.good : exitCodes.bad;
}
