// A trial: one number of the plan, run as one test, which notes its figures and fails when one of them is not clean.

import { writeSync } from 'node:fs';
import { test } from 'vitest';
import type { Repro } from './regression.ts';
import { type Settings, settings } from './settings.ts';
import { sentence, type TrialFigure, type TrialId, type TrialNote } from './trial-note.ts';

export type { TrialFigure } from './trial-note.ts';

export interface TrialContext extends Settings {
  readonly id: TrialId;
  /** The size of a part: in CI, and at night. */
  size(ci: number, night: number): number;
  /** Says now and then how far it is. */
  progress(done: number, all: number): void;
}

/** A failure that knows where it is found again. */
export class TrialFailure extends Error {
  override readonly name = 'TrialFailure';
  readonly repro: Repro;

  constructor(repro: Repro, message: string, cause?: unknown) {
    super(`REPRO seed=${repro.seed} path=${repro.path} test=${repro.test}\n${message}`, { cause });
    this.repro = repro;
  }
}

/** Registers one trial. It returns its figures; one with failures fails the trial, and so does none at all. */
export function trial(
  id: TrialId,
  title: string,
  run: (context: TrialContext) => Promise<readonly TrialFigure[]>,
): void {
  test(`${id} ${title}`, async ({ task }) => {
    const context = contextOf(id);
    const { night, seed } = context;
    const note = (more: Pick<TrialNote, 'figures' | 'repro'>): void => {
      task.meta.trial = { id, title, night, seed, ...more };
    };
    note({ figures: [] });
    let figures: readonly TrialFigure[];
    try {
      figures = await run(context);
    } catch (error) {
      note({ figures: [], repro: reproOf(error, { test: id, seed, path: '-' }) });
      throw error;
    }
    const broken = figures.filter(({ count, failures }) => failures > 0 || count === 0);
    note({ figures, ...(broken.length > 0 && { repro: { test: id, seed, path: '-' } }) });
    if (broken.length > 0) throw new Error(broken.map(sentence).join('\n'));
    if (figures.length === 0) throw new Error('A trial without a figure has shown nothing.');
  });
}

const secondsBetweenLines = 10;

function contextOf(id: TrialId): TrialContext {
  const asked = settings();
  let said = performance.now();
  return {
    ...asked,
    id,
    size: (ci, night) => (asked.night ? night : ci),
    progress(done, all) {
      if (performance.now() - said < secondsBetweenLines * 1000) return;
      said = performance.now();
      // Straight to the terminal: a trial that computes does not let the runner speak.
      writeSync(2, `  ${id} ${Math.floor((100 * done) / all)} %\n`);
    },
  };
}

function reproOf(error: unknown, fallback: Repro): Repro {
  return error instanceof TrialFailure ? error.repro : fallback;
}
