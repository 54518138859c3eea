// The page of figures: every transcript, what it proves and whether kmsim behaves so.

import type { Filed } from './load.ts';
import { describeResult, type Result } from './replay.ts';
import type { Transcript } from './transcript.ts';

export interface Replayed extends Filed {
  readonly result: Result;
}

/** Markdown for docs/fidelity.md; the same results give the same text. */
export function fidelityPage(results: readonly Replayed[]): string {
  const themes = [...new Set(results.map(({ theme }) => theme))].sort();
  const count = (outcome: Result['outcome']): number =>
    results.filter(({ result }) => result.outcome === outcome).length;
  return [
    '# Fidelity',
    '',
    'Scenarios that were played against the real AWS KMS, replayed against kmsim. Generated from `conformance/transcripts`; do not edit.',
    '',
    `${results.length} transcripts: ${count('passed')} passed, ${count('failed')} failed, ${count('not built')} not built yet, ${count('skipped')} skipped.`,
    '',
    'Basis: a *recording* is a stored answer; *assertions* are checks that were run; a *marker* only claims a run; *adjusted* is a recording brought up to date.',
    ...themes.flatMap((theme) => section(theme, results)),
    '',
  ].join('\n');
}

function section(theme: string, results: readonly Replayed[]): readonly string[] {
  const rows = results.filter((one) => one.theme === theme).map(row);
  return [
    '',
    `## ${theme}`,
    '',
    '| transcript | operations | recorded | basis | result |',
    '|---|---|---|---|---|',
    ...rows.sort(),
  ];
}

function row({ transcript, result }: Replayed): string {
  const cells = [
    transcript.name,
    operationsOf(transcript).join(', '),
    transcript.source.recorded ?? 'undated',
    basisOf(transcript),
    describeResult(result),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function operationsOf(transcript: Transcript): readonly string[] {
  return [...new Set(transcript.steps.flatMap((step) => ('op' in step ? [step.op] : [])))];
}

function basisOf({ source }: Transcript): string {
  return ['recording', 'assertions', 'marker'].find((word) => source.kind.includes(word)) ?? source.kind;
}
