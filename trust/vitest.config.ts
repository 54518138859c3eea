// The trials, run on the TypeScript sources like the tests. Two at a time; what measures runs alone, after the others.
//
// `*.trial.ts` shares the machine, `*.alone.trial.ts` does not.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { TrustReporter } from './src/reporter.ts';

const night = process.env['KMSIM_TRUST_NIGHT'] === '1';
const minute = 60_000;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    reporters: [new TrustReporter()],
    execArgv: ['--expose-gc'],
    pool: 'forks',
    testTimeout: (night ? 600 : 15) * minute,
    hookTimeout: minute,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['trust/trials/**/*.trial.ts'],
          exclude: ['trust/trials/**/*.alone.trial.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['trust/trials/**/*.alone.trial.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
