// Runs a suite in a page with vitest's own runner; its other half, which finds files and reports, is Node's.

import { startTests } from 'vitest/internal/browser';

type Runner = Parameters<typeof startTests>[1];
type Task = Parameters<NonNullable<Runner['onAfterRunTask']>>[0];

export interface Outcome {
  readonly name: string;
  readonly state: string | undefined;
  readonly error: string | undefined;
}

/** Runs what `collect` describes. */
export async function outcomesOf(collect: () => void): Promise<readonly Outcome[]> {
  const tasks: Task[] = [];
  const runner: Runner = {
    config: {
      root: '/',
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1,
      testTimeout: 20_000,
      hookTimeout: 20_000,
      retry: 0,
      includeTaskLocation: undefined,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    importFile: (_path, reason) => {
      if (reason === 'collect') collect();
    },
    onTaskFinished: (task) => {
      tasks.push(task);
    },
  };
  await startTests(['/doors'], runner);
  return tasks.map(({ fullTestName, mode, result }) => ({
    name: fullTestName,
    state: mode === 'skip' ? 'skip' : result?.state,
    error: result?.errors?.map(({ message, stack }) => `${message}\n${stack}`).join('\n'),
  }));
}
