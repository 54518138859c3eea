#!/usr/bin/env node
// The command line: `kmsim <command>`.

import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { addServe } from './serve-command.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

const program = new Command('kmsim')
  .description(
    'AWS KMS as a simulation: real cryptography, key policies enforced, a clock you can move. Not for real secrets.',
  )
  .version(version)
  .showHelpAfterError('(kmsim --help shows what there is)')
  .exitOverride();
addServe(program);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong with the words of the command line.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const { code, message } = error as { code?: string; message: string };
    process.stderr.write(`kmsim: ${message}${code === undefined ? '' : ` [${code}]`}\n`);
    process.exitCode = 1;
  }
}
