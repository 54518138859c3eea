// The figures of the trials as JSON, which the tables in the README and in docs/trust.md are made of. A run that tried only some leaves the rows of the others.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { TrialFigure, TrialNote } from './trial-note.ts';

/** The last run of one trial. */
export interface FiguresRow {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly size: 'CI' | 'night';
  readonly seed: number;
  readonly seconds: number;
  readonly date: string;
  readonly commit: string;
  readonly node: string;
  readonly figures: readonly TrialFigure[];
}

export function writeFigures(
  file: string,
  rows: readonly { readonly note: TrialNote; readonly passed: boolean; readonly seconds: number }[],
): void {
  const known: readonly FiguresRow[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const date = new Date().toISOString().slice(0, 10);
  const run = { date, commit: commit(), node: process.versions.node };
  const fresh = rows.map(({ note, passed, seconds }): FiguresRow => {
    const { figures, id, night, seed, title } = note;
    return { id, title, passed, size: night ? 'night' : 'CI', seed, seconds: Math.round(seconds), ...run, figures };
  });
  const ids = new Set(fresh.map(({ id }) => id));
  const all = [...known.filter(({ id }) => !ids.has(id)), ...fresh];
  all.sort((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)));
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}
