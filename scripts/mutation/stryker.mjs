// One run of Stryker: its settings, and the mutants as it found them.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runFile } from '../run.mjs';
import { tryAgain } from './again.mjs';

// Outside of the workspace, so that nothing else looks at the copies of the sources. Not below node_modules, where vite transforms nothing.
const work = join(tmpdir(), 'kmsim-mutation');

/** The mutants of some files by file, or undefined when Stryker failed. */
export function mutate(name, files, tests, concurrency) {
  mkdirSync(work, { recursive: true });
  // Another set of tests gives other verdicts: what is remembered from run to run belongs to one of them.
  const label = `${name}-${tests.length === 1 && tests[0].endsWith('**/*.test.ts') ? 'all' : 'core'}`;
  const report = join(work, `${label}.json`);
  const settings = join(work, `${label}.settings.json`);
  forgetStaticSurvivors(incrementalFile(label));
  writeFileSync(settings, JSON.stringify(settingsFor(name, label, files, report, concurrency)));
  process.env.KMSIM_MUTATION_TESTS = JSON.stringify(tests);
  process.env.KMSIM_MUTATED = JSON.stringify(files.map((file) => basename(file, '.ts')));
  const fromTrust = createRequire(join(root, 'trust', 'package.json'));
  const stryker = join(dirname(fromTrust.resolve('@stryker-mutator/core/package.json')), 'bin', 'stryker.js');
  if (runFile(stryker.slice(root.length + 1), ['run', settings]) !== 0) return undefined;
  const { files: found } = JSON.parse(readFileSync(report, 'utf8'));
  tryAgain(found, work);
  return found;
}

function incrementalFile(label) {
  return join(work, `${label}.incremental.json`);
}

// What runs once when a file is loaded belongs to no test, so a test that is new since does not make Stryker try it again.
function forgetStaticSurvivors(file) {
  if (!existsSync(file)) return;
  const known = JSON.parse(readFileSync(file, 'utf8'));
  for (const one of Object.values(known.files))
    one.mutants = one.mutants.filter((mutant) => !(mutant.static === true && mutant.status === 'Survived'));
  writeFileSync(file, JSON.stringify(known));
}

function settingsFor(name, label, files, report, concurrency) {
  const plugin = pathToFileURL(
    join(root, 'trust', 'node_modules', '@stryker-mutator', 'vitest-runner', 'dist', 'src', 'index.js'),
  );
  return {
    mutate: files,
    testRunner: 'vitest',
    plugins: [plugin.href],
    vitest: { configFile: join(root, 'trust', 'mutation', 'vitest.config.ts'), related: false },
    coverageAnalysis: 'perTest',
    // There is none of this name: Stryker rewrites configurations with the JavaScript interface of TypeScript, which version 7 has not.
    tsconfigFile: 'none.json',
    ignorePatterns: [
      '*',
      `!packages/${name}/**`,
      'dist',
      'node_modules',
      '!vitest.setup.ts',
      'tsconfig.json',
      '!package.json',
      ...besides,
    ],
    tempDirName: join(work, `copies-${label}`),
    incremental: true,
    incrementalFile: incrementalFile(label),
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    concurrency,
    timeoutMS: 20_000,
    allowConsoleColors: false,
  };
}

// What tests read of other folders.
const besides = ['!conformance/transcripts/**', '!packages/kms/package.json'];
