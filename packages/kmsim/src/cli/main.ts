#!/usr/bin/env node
// The command line: `kmsim <command>`.

import { createRequire } from 'node:module';
import { KmsimError } from '../kmsim-error.ts';
import { optional } from '../optional-package.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

try {
  const { runProgram } = await optional('commander', () => import('./program.ts'));
  await runProgram(version);
} catch (error) {
  if (!(error instanceof KmsimError)) throw error;
  process.stderr.write(`kmsim: ${error.message}\n`);
  process.exitCode = 1;
}
