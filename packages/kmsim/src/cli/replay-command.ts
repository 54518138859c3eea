// `kmsim replay`: plays transcripts, or the trace of a run, and shows the first difference.

import type { Command } from 'commander';
import { withConformance } from './load-conformance.ts';
import { isTrace, replayTraceFile } from './replay-trace.ts';
import { addTargetOptions, credentialsHelp, type TargetOptionValues, targetFlags } from './target-options.ts';

interface ReplayOptionValues extends TargetOptionValues {
  readonly json?: boolean;
}

export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .summary('play recorded answers of the real service against a target')
    .description(
      "Plays transcripts, or HTTP archives (HAR) of your own calls, and shows where the target answers otherwise. A trace of createKmsim({ trace: 'inputs' }) is played in a simulation of its own.",
    )
    .argument('[path]', 'a file or a folder; the recordings of @kmsim/conformance when absent');
  addTargetOptions(command, 'in-process')
    .option('--json', 'print JSON')
    .addHelpText('after', `${credentialsHelp}\nThe exit code is 1 when an answer differs or does not come.`)
    .action(async (path: string | undefined, { json = false, ...options }: ReplayOptionValues) => {
      if (path !== undefined && (await isTrace(path))) return replayTraceFile(path, { json, target: options.target });
      return withConformance((conformance, io) =>
        conformance.replayCommand({ ...targetFlags(options), ...(path !== undefined && { path }), json }, io),
      );
    });
}
