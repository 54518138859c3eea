// `kmsim record`: performs a scenario and writes what came back as a transcript.

import type { Command } from 'commander';
import { withConformance } from './load-conformance.ts';
import { addTargetOptions, credentialsHelp, type TargetOptionValues, targetFlags } from './target-options.ts';

interface RecordOptionValues extends TargetOptionValues {
  readonly output?: string;
  readonly force?: boolean;
}

export function addRecord(program: Command): void {
  const command = program
    .command('record')
    .summary('write down what a target answers, as a transcript')
    .description(
      'Performs a scenario with the AWS SDK and writes the answers as they were on the wire, with account, ids and secrets as symbols.',
    )
    .argument(
      '<scenario>',
      'a file with steps; the name of a recording (tags/tag-duplicate-keys); or an HTTP archive, which is only converted',
    );
  addTargetOptions(command, 'http://127.0.0.1:4599')
    .option('--output <file>', 'where the transcript goes; printed when absent')
    .option('--force', 'replace a file that is there')
    .addHelpText('after', credentialsHelp)
    .action((scenario: string, { force = false, output, ...options }: RecordOptionValues) =>
      withConformance((conformance, io) =>
        conformance.recordCommand(
          { ...targetFlags(options), scenario, ...(output !== undefined && { output }), force },
          io,
        ),
      ),
    );
}
