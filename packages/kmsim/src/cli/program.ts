// The commands, and what is said when one fails.

import { Command, CommanderError } from 'commander';
import { visible, wordsFor } from './command-error.ts';
import { addExplain } from './explain-command.ts';
import { addRecord } from './record-command.ts';
import { addReplay } from './replay-command.ts';
import { addReview } from './review-command.ts';
import { addScore } from './score-command.ts';
import { addServe } from './serve-command.ts';
import { addSimulate } from './simulate-command.ts';
import { addWorld } from './world-command.ts';
import { addXksProxy } from './xks-proxy-command.ts';

/** Reads the words of the command line and does what they ask. Sets the exit code. */
export async function runProgram(version: string): Promise<void> {
  const program = new Command('kmsim')
    .description(
      'AWS KMS as a simulation: real cryptography, key policies enforced, a clock you can move. Not for real secrets.',
    )
    .version(version)
    .showHelpAfterError('(kmsim --help shows what there is)')
    // Commander repeats the words that it does not know.
    .configureOutput({ writeErr: (text) => process.stderr.write(visible(text)) })
    .exitOverride();
  addServe(program);
  addExplain(program);
  addReplay(program);
  addRecord(program);
  addReview(program);
  addScore(program);
  addSimulate(program);
  addWorld(program);
  addXksProxy(program);
  for (const command of program.commands)
    command.showHelpAfterError(`(kmsim ${command.name()} --help shows what there is)`);

  // Nobody reads any more (`kmsim serve | head -1`): no reason to stop serving.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has said what is wrong with the words of the command line.
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else {
      const asked = program.commands.find((command) => command.name() === program.args[0])?.name();
      process.stderr.write(`kmsim: ${visible(wordsFor(error, asked))}\n`);
      process.exitCode = 1;
    }
  }
}
