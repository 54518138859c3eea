// docs/performance.md: a saved run in tables, and the words about it.

import { machineLine } from './machine.ts';
import { cell, headingsOf } from './report.ts';
import type { Answer, Run } from './saved-run.ts';
import { limitText, readingText, verdictOf } from './target-text.ts';
import { missingRows, readingsOf, type Target } from './targets.ts';

// More rows than this are folded.
const shownRows = 60;

/** `template`: the words, with a place for each part that is counted. */
export function performancePage(template: string, run: Run, targets: readonly Target[]): string {
  const parts: Readonly<Record<string, string>> = {
    run: runLine(run),
    targets: targetsTable(run, targets),
    suites: run.suites.map(suiteText).join('\n\n'),
  };
  return template.replace(/\{\{(\w+)\}\}/g, (place, name: string) => parts[name] ?? place);
}

/** What a page of this run would leave open: a target nobody measured, one that is missed without a word on why, words on one that is met. */
export function openQuestions(template: string, run: Run, targets: readonly Target[]): readonly string[] {
  const ended = (verdict: string): readonly Target[] =>
    targets.filter((target) => verdictOf(target, readingsOf(target, run)) === verdict);
  const explained = (target: Target): boolean => template.includes(limitMark(target));
  return [
    ...(run.smoke === true ? ['the run is a smoke run: its figures mean nothing'] : []),
    ...missingRows(targets, run).map((row) => `not measured: ${row}`),
    ...ended('missed')
      .filter((target) => !explained(target))
      .map((target) => `missed, and the page does not say why under ${limitMark(target)}: ${target.work}`),
    ...ended('met')
      .filter(explained)
      .map((target) => `met, and the page says why it is missed under ${limitMark(target)}: ${target.work}`),
  ];
}

function limitMark({ id }: Target): string {
  return `<!-- limit: ${id} -->`;
}

function runLine({ commit, machine, version }: Run): string {
  return [machineLine(machine), version && `kmsim ${version}`, commit && `commit ${commit}`]
    .filter(Boolean)
    .join(' | ');
}

function targetsTable(run: Run, targets: readonly Target[]): string {
  const rows = targets.map((target) => {
    const readings = readingsOf(target, run);
    const measured = readings.map((reading) =>
      [readings.length > 1 && reading.measure.name, readingText(target, reading)].filter(Boolean).join(' '),
    );
    return [target.work, limitText(target), measured.join('<br>'), verdictOf(target, readings)];
  });
  return markdown(['work', 'target', 'measured', ''], rows);
}

/** Tables of the same columns are one, with their titles in front. */
function suiteText({ about = '', name, tables }: Answer): string {
  const groups = new Map<string, (typeof tables)[number][]>();
  for (const table of tables) {
    const key = headingsOf(table.rows).join('\n');
    groups.set(key, [...(groups.get(key) ?? []), table]);
  }
  const texts = [...groups.values()].map((group) => {
    const headings = headingsOf(group.flatMap(({ rows }) => rows));
    const rows = group.flatMap(({ rows: all, title }) =>
      all.map((row, at) => [
        at === 0 ? title : '',
        row.name.trim(),
        ...headings.map((heading) => cell(row.figures[heading])),
      ]),
    );
    return markdown(['', '', ...headings], rows);
  });
  const count = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  const text = texts.join('\n\n');
  const shown = count > shownRows ? `<details><summary>${count} rows</summary>\n\n${text}\n\n</details>` : text;
  return `### ${name}\n\n${about}\n\n${shown}`;
}

function markdown(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((one) => one.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}
