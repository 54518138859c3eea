// One configuration for every test, run on the TypeScript sources: with `projects`, a neighbour would resolve to a missing dist.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Tests that spend their time in programs of others: Chromium, the AWS CLI, Ansible, Python. `npm run test:programs` runs them, and so does CI; they are
// skipped by name where a program is missing.
const withPrograms = [
  'bench/test/report.test.ts',
  'clients/test/ansible/*.test.ts',
  'clients/test/{aws-cli-https,boto3,https}.test.ts',
  'conformance/test/transcripts-browser.test.ts',
  'packages/kmsim/test/{aws-cli,aws-cli-import,browser}.test.ts',
  'packages/kmsim/test/inspector/{inspector,many-events}.test.ts',
  'site/test/{playground,python,site}.test.ts',
];
// scripts/test.mjs says which; without a word all of them, so that a file can be named.
const asked = process.env['KMSIM_TESTS'];

export default defineConfig({
  // The workspace packages export their sources under `source`, so no build comes first. Not `module`: what other packages
  // export under it is for bundlers, and Node cannot load it.
  ssr: { resolve: { conditions: ['source', 'node'] } },
  test: {
    ...(asked === 'without programs' && { exclude: ['**/node_modules/**', ...withPrograms] }),
    include:
      asked === 'with programs'
        ? withPrograms
        : [
            'packages/*/test/**/*.test.ts',
            'conformance/test/**/*.test.ts',
            'bench/test/**/*.test.ts',
            'scripts/test/**/*.test.ts',
            'clients/test/**/*.test.ts',
            'site/test/**/*.test.ts',
            'examples/*.test.ts',
          ],
    // No test may lean on module state, so files share one module graph: several times faster.
    isolate: false,
    // Every core: vitest would leave one free, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    setupFiles: ['vitest.setup.ts'],
    // The AWS SDK v2 prints a note about its end where it is loaded.
    env: { AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1' },
    // On a busy machine what is soon there takes more than a second.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 40_000,
    hookTimeout: 40_000,
    // A run without a test has proved nothing.
    passWithNoTests: false,
  },
});
