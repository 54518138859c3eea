// A comparison for people.

import type { Change, Comparison } from './compare.ts';
import { machineLine } from './machine.ts';
import { cell } from './report.ts';
import type { Run } from './saved-run.ts';

const marks = { slower: 'SLOWER', quicker: 'quicker', same: '' } as const;

export function comparisonText(
  before: Run,
  after: Run,
  { added, changes, gone, unknown }: Comparison,
  noise: number,
): string {
  const slower = changes.filter(({ verdict }) => verdict === 'slower');
  const quicker = changes.filter(({ verdict }) => verdict === 'quicker').length;
  return [
    `before  ${nameOf(before)}`,
    `after   ${nameOf(after)}`,
    '',
    ...tables(changes),
    ...listed('Only before', gone),
    ...listed('Only now', added),
    ...listed('No numbers', unknown),
    `${slower.length} slower, ${quicker} quicker, ${changes.length - slower.length - quicker} within the noise (${Math.round(100 * noise)} % and quartiles that do not meet).`,
    ...slower.map(({ cost, row, suite, table }) => `  SLOWER ${times(cost)}  ${suite} / ${table} / ${row}`),
    ...warnings(before, after, changes),
  ].join('\n');
}

function tables(changes: readonly Change[]): readonly string[] {
  const width = Math.max(0, ...changes.map(({ row }) => row.length));
  let title = '';
  return changes.flatMap((change) => {
    const { after, before, calibrated, column, cost, row, suite, table, verdict } = change;
    const heading = `${suite} / ${table}`;
    const shown = `${cell(before)} -> ${cell(after)}`;
    const line = `  ${row.padEnd(width)}  ${times(cost).padStart(7)}  ${marks[verdict].padEnd(7)}  ${shown}  ${column}${calibrated ? ', calibrated' : ''}`;
    if (heading === title) return [line];
    title = heading;
    return [heading, line];
  });
}

function times(cost: number): string {
  return `${cost.toFixed(2)}x`;
}

function listed(heading: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${heading}:`, ...names.map((name) => `  ${name}`), ''];
}

function nameOf({ commit, machine, version }: Run): string {
  return [machineLine(machine), version && `kmsim ${version}`, commit].filter(Boolean).join(' | ');
}

function warnings(before: Run, after: Run, changes: readonly Change[]): readonly string[] {
  const lines: string[] = [];
  if (changes.length === 0) lines.push('Nothing was compared: the runs have no figure in common.');
  if (before.smoke === true || after.smoke === true)
    lines.push('One of them is a smoke run: its figures mean nothing.');
  if (before.machine.node !== after.machine.node) lines.push('The versions of Node differ: what changed may be Node.');
  if (before.machine.cpu !== after.machine.cpu) lines.push('The processors differ.');
  return lines;
}
