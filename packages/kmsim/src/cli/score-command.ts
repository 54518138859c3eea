// `kmsim score`: how much of what the real service was seen to do holds for a target.

import type { Command } from 'commander';
import { withConformance } from './load-conformance.ts';
import { addTargetOptions, credentialsHelp, type TargetOptionValues, targetFlags } from './target-options.ts';

interface ScoreOptionValues extends TargetOptionValues {
  readonly theme?: readonly string[];
  readonly gaps?: string;
  readonly json?: boolean;
}

export function addScore(program: Command): void {
  const command = program
    .command('score')
    .summary('count how many recorded scenarios a target passes')
    .description('Plays every recording and counts, theme by theme: passed, failed, unsupported, no answer, skipped.');
  addTargetOptions(command, 'in-process')
    .option('--theme <theme>', 'only this theme (repeatable)', more)
    .option('--gaps <file>', 'known gaps as JSON, { "tags/tag-duplicate-keys": "the reason" }: they count as skipped')
    .option('--json', 'print JSON')
    .addHelpText('after', `${credentialsHelp}\nThe exit code is 1 when something recorded does not hold.`)
    .action(({ gaps, json = false, theme, ...options }: ScoreOptionValues) =>
      withConformance((conformance, io) =>
        conformance.scoreCommand(
          {
            ...targetFlags(options),
            ...(theme !== undefined && { themes: theme }),
            ...(gaps !== undefined && { gaps }),
            json,
          },
          io,
        ),
      ),
    );
}

function more(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
