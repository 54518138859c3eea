// The score of a target: how many recorded scenarios it passes, theme by theme.

import type { Replayed } from './play-all.ts';
import { describeResult, type Result } from './result.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** The target does not know an operation of the scenario. */
  readonly unsupported: number;
  /** The target was down, slow, or answered what is no answer of KMS. */
  readonly noAnswer: number;
  /** By name and with a reason: scenarios that no longer hold, and known gaps. */
  readonly skipped: number;
}

export interface Score {
  readonly target: string;
  readonly totals: Counts;
  readonly themes: Readonly<Record<string, Counts>>;
  readonly results: readonly { readonly path: string; readonly outcome: Result['outcome']; readonly text: string }[];
  /** Failures of scenarios that only the documentation tells. */
  readonly documentedFailures: number;
  /** Known gaps that pass now: the list of gaps is out of date. */
  readonly closedGaps: readonly string[];
}

const countOf: Readonly<Record<Result['outcome'], keyof Counts>> = {
  passed: 'passed',
  failed: 'failed',
  'not built': 'unsupported',
  'no answer': 'noAnswer',
  skipped: 'skipped',
};

export function scoreOf(
  target: string,
  results: readonly Replayed[],
  gaps: Readonly<Record<string, string>> = {},
): Score {
  const themes = [...new Set(results.map(({ theme }) => theme))].sort();
  return {
    target,
    totals: count(results),
    themes: Object.fromEntries(themes.map((theme) => [theme, count(results.filter((one) => one.theme === theme))])),
    results: results.map(({ path, result }) => ({ path, outcome: result.outcome, text: words(result) })),
    documentedFailures: results.filter(isDocumentedFailure).length,
    closedGaps: results
      .filter(({ path, result }) => gaps[path] !== undefined && result.outcome === 'passed')
      .map(({ path }) => path),
  };
}

/** Whether the target answers as the real service was seen to, as far as it answers at all. */
export function isClean({ documentedFailures, totals }: Score): boolean {
  return totals.failed === documentedFailures && totals.noAnswer === 0;
}

function isDocumentedFailure({ result, transcript }: Replayed): boolean {
  return result.outcome === 'failed' && transcript.source.kind === 'documentation';
}

function words(result: Result): string {
  return result.outcome === 'not built' ? `unsupported: ${result.what}` : describeResult(result);
}

const columns: readonly (readonly [keyof Counts, title: string])[] = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['unsupported', 'unsupported'],
  ['noAnswer', 'no answer'],
  ['skipped', 'skipped'],
];

/** A table for people, and below it why each skip is one. */
export function scoreTable({ closedGaps, results, themes, totals }: Score): string {
  const width = Math.max(...Object.keys(themes).map((theme) => theme.length), 'total'.length);
  const line = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell, at) => cell.padStart(columns[at]?.[1].length ?? 0))].join('  ');
  const row = (name: string, counts: Counts): string =>
    line(
      name,
      columns.map(([member]) => String(counts[member])),
    );
  const reasons = new Map<string, string[]>();
  for (const { outcome, path, text } of results) {
    if (outcome === 'skipped' || outcome === 'not built') reasons.set(text, [...(reasons.get(text) ?? []), path]);
  }
  // The counts come last: whoever scrolls no further sees them.
  return [
    ...[...reasons].flatMap(([reason, paths]) => [
      `${paths.length} ${reason}`,
      ...paths.map((path) => `  ${path}`),
      '',
    ]),
    ...closedGaps.map((path) => `${path} is a known gap that passes now: take it off the list.\n`),
    line(
      '',
      columns.map(([, title]) => title),
    ),
    ...Object.entries(themes).map(([theme, counts]) => row(theme, counts)),
    row('total', totals),
  ].join('\n');
}

function count(results: readonly Replayed[]): Counts {
  const counts = { passed: 0, failed: 0, unsupported: 0, noAnswer: 0, skipped: 0 };
  for (const { result } of results) counts[countOf[result.outcome]] += 1;
  return counts;
}
