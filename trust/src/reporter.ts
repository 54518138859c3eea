// The closing table of `npm run trust`: a row for each trial, a REPRO line for each failure, and the figures as JSON.

import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { writeFigures } from './figures.ts';
import { rememberSeed } from './regression.ts';
import { settings } from './settings.ts';
import { sentence, type TrialNote } from './trial-note.ts';

interface Row {
  readonly note: TrialNote;
  readonly seconds: number;
  readonly passed: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export class TrustReporter implements Reporter {
  onTestCaseReady(test: TestCase): void {
    say(`  ${test.name} ...`);
  }

  onTestCaseResult(test: TestCase): void {
    const { errors = [], state } = test.result();
    const seconds = ((test.diagnostic()?.duration ?? 0) / 1000).toFixed(1);
    say(`${state === 'passed' ? 'ok    ' : state === 'skipped' ? '-     ' : 'FAILED'} ${test.name} ${seconds} s`);
    for (const { message, stack = message } of errors) say(stack);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { readonly message: string }[]): void {
    const broken = modules.filter((module) => module.errors().length > 0);
    for (const module of broken) {
      for (const { message } of module.errors()) say(`${relative(process.cwd(), module.moduleId)}: ${message}`);
    }
    for (const { message } of unhandled) say(`unhandled: ${message}`);
    const rows = modules.flatMap((module) => [...module.children.allTests()].flatMap(rowOf)).sort(byNumber);
    table(rows);
    const { json } = settings();
    if (json !== undefined) writeFigures(json, rows);
  }
}

function rowOf(test: TestCase): readonly Row[] {
  const { trial: note } = test.meta();
  if (note === undefined) return [];
  return [{ note, seconds: (test.diagnostic()?.duration ?? 0) / 1000, passed: test.result().state === 'passed' }];
}

function byNumber({ note: one }: Row, { note: other }: Row): number {
  return Number(one.id.slice(1)) - Number(other.id.slice(1));
}

function table(rows: readonly Row[]): void {
  const { night, seed } = settings();
  const wide = Math.max(0, ...rows.map(({ note }) => note.title.length));
  say('');
  for (const { note, passed, seconds } of rows) {
    const figures = note.figures.length === 0 ? ['failed before it had a figure'] : note.figures.map(sentence);
    const head = `${note.id.padEnd(4)} ${passed ? 'ok    ' : 'FAILED'} ${note.title.padEnd(wide)} ${seconds.toFixed(1).padStart(7)} s  `;
    for (const [at, figure] of figures.entries()) say(`${at === 0 ? head : ' '.repeat(head.length)}${figure}`);
  }
  for (const { note } of rows.filter(({ passed }) => !passed)) {
    const repro = note.repro ?? { test: note.id, seed, path: '-' };
    say(`REPRO seed=${repro.seed} path=${repro.path} test=${repro.test}`);
    rememberSeed(repro);
  }
  const failed = rows.filter(({ passed }) => !passed).length;
  say(`\n${rows.length - failed} of ${rows.length} trials passed, ${night ? 'night' : 'CI'} size, seed ${seed}`);
}
