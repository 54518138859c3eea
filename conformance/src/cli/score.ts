// `kmsim score`: how much of what the real service was seen to do holds for a target.

import { readFileSync } from 'node:fs';
import { type Filed, loadTranscripts } from '../load.ts';
import type { Replayed } from '../play-all.ts';
import { describeResult } from '../result.ts';
import { isClean, scoreOf, scoreTable } from '../score.ts';
import { TargetError } from '../targets/target-error.ts';
import { isRecord } from '../values.ts';
import { type ExitCode, exitCodes, type Io } from './io.ts';
import { choose, run, type TargetFlags } from './run.ts';

export interface ScoreFlags extends TargetFlags {
  /** Only these themes. */
  readonly themes?: readonly string[] | undefined;
  /** A file of known gaps: JSON, path of a transcript -> reason. */
  readonly gaps?: string | undefined;
  readonly json?: boolean | undefined;
}

export async function scoreCommand(flags: ScoreFlags, io: Io): Promise<ExitCode> {
  const filed = ofThemes(loadTranscripts(), flags.themes);
  const gaps = flags.gaps === undefined ? {} : readGaps(flags.gaps, filed);
  const chosen = choose(flags, io);
  if (chosen === undefined) return exitCodes.misused;
  const results = await run(filed, chosen, io, { gaps });
  const score = scoreOf(chosen.name, results, gaps);
  if (flags.json === true) io.stdout.write(`${JSON.stringify(score, undefined, 2)}\n`);
  else io.stdout.write(`${[...bad(results), scoreTable(score)].join('\n')}\n`);
  return isClean(score) ? exitCodes.good : exitCodes.bad;
}

function ofThemes(filed: readonly Filed[], themes: readonly string[] | undefined): readonly Filed[] {
  if (themes === undefined || themes.length === 0) return filed;
  const known = new Set(filed.map(({ theme }) => theme));
  const stranger = themes.find((theme) => !known.has(theme));
  if (stranger !== undefined) throw new TargetError(`no theme '${stranger}': ${[...known].join(', ')}`);
  return filed.filter(({ theme }) => themes.includes(theme));
}

function readGaps(file: string, filed: readonly Filed[]): Readonly<Record<string, string>> {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(value)) throw new TargetError(`${file}: not an object of paths and reasons`);
  for (const [path, reason] of Object.entries(value)) {
    if (typeof reason !== 'string' || reason === '') throw new TargetError(`${file}: ${path} has no reason`);
    if (!filed.some((one) => one.path === path)) throw new TargetError(`${file}: no transcript ${path}`);
  }
  return value as Record<string, string>;
}

function bad(results: readonly Replayed[]): readonly string[] {
  const lines = results
    .filter(({ result }) => result.outcome === 'failed' || result.outcome === 'no answer')
    .map(({ path, result }) => `${path}: ${describeResult(result)}`);
  return lines.length === 0 ? [] : [...lines, ''];
}
