// `kmsim simulate`: random workloads over related keys in several Regions with random faults, and what must hold all the while.

import { type Command, InvalidArgumentError } from 'commander';
import { say } from './terminal.ts';

interface SimulateOptions {
  readonly seeds: number;
  readonly from: number;
  readonly seed?: string;
  readonly regions: number;
  readonly operations: number;
  readonly json?: boolean;
  readonly trace?: string;
}

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .summary('run random workloads with random faults and check what must always hold')
    .description(
      'Runs the engine itself in several Regions, each seed with a workload and faults of its own, and checks its invariants after everything that happens. Stops at the first seed that fails.',
    )
    .option('--seeds <number>', 'how many seeds', wholeFrom(1, 1_000_000), 100)
    .option('--from <number>', 'the first of them', wholeFrom(0, 1_000_000_000), 1)
    .option('--seed <seed>', 'this seed alone')
    .option('--regions <number>', 'how many Regions, 2 to 5', wholeFrom(2, 5), 3)
    .option('--operations <number>', 'how many operations a seed has', wholeFrom(1, 100_000), 200)
    .option('--json', 'print a line of JSON for each seed, with the SHA-256 of its trace, and one for the totals')
    .option('--trace <file>', 'write the trace of the last seed, or of the one that fails')
    .addHelpText('after', '\nThe exit code is 1 when a seed fails. The same seed does the same on every machine.')
    .action(run);
}

async function run({ from, json = false, operations, regions, seed, seeds, trace }: SimulateOptions): Promise<void> {
  // Loaded here: nobody else needs it.
  const { simulateSeeds } = await import('../simulation/simulate-seeds.ts');
  const all = seed === undefined ? Array.from({ length: seeds }, (_, at) => String(from + at)) : [seed];
  process.exitCode = await simulateSeeds(
    { seeds: all, regions, operations, json, trace },
    { stdout: { write: say }, stderr: process.stderr },
  );
}

function wholeFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`);
    return number;
  };
}
