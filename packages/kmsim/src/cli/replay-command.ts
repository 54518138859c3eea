// `kmsim replay`: plays transcripts, the trace of a run, or the events of a CloudTrail log, and shows what differs.

import { type Command, CommanderError } from 'commander';
import type { CloudTrailFiles } from './cloudtrail-files.ts';
import { withConformance } from './load-conformance.ts';
import { isCloudTrail, replayCloudTrailFiles } from './replay-cloudtrail.ts';
import { isTrace, replayTraceFile } from './replay-trace.ts';
import { addTargetOptions, credentialsHelp, type TargetOptionValues, targetFlags } from './target-options.ts';

interface ReplayOptionValues extends TargetOptionValues, CloudTrailFiles {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .summary('play recorded answers, a trace, or a CloudTrail log, and show what differs')
    .description(
      "Plays transcripts, or HTTP archives (HAR) of your own calls, and shows where the target answers otherwise. A trace of createKmsim({ trace: 'inputs' }) is played in a simulation of its own. The KMS events of a CloudTrail log are judged again under the policies that you give. What a file is, its content tells.",
    )
    .argument(
      '[paths...]',
      'a file or a folder; of CloudTrail logs also several. The recordings of @kmsim/conformance when absent',
    );
  addTargetOptions(command, 'in-process')
    .option(
      '--policies <path>',
      'CloudTrail: key policies; a folder with a file for each key, or a file {"alias/orders": policy} (repeatable)',
      more,
    )
    .option('--grants <file>', 'CloudTrail: the grants at first, as list-grants prints them (repeatable)', more)
    .option('--identities <file>', 'CloudTrail: users and roles with their policies, as createKmsim takes them')
    .option('--organization <file>', 'CloudTrail: the organization with its control policies, as createKmsim takes it')
    .option('--endpoints <file>', 'CloudTrail: VPC endpoints, as createKmsim takes them')
    .option(
      '--strict',
      'CloudTrail: what would differ unless a policy that is not given says otherwise counts as a difference, and so does a given key that is not in the log',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `${credentialsHelp}
The exit code is 1 when an answer or an outcome differs or does not come, and 2 when a CloudTrail log cannot be replayed.`,
    )
    // 1 means that something differs: what commander refuses is another matter.
    .exitOverride(({ code, exitCode, message }) => {
      throw new CommanderError(exitCode === 0 ? 0 : 2, code, message);
    })
    .action(run);
}

async function run(paths: readonly string[], { json = false, strict = false, ...options }: ReplayOptionValues) {
  const [path] = paths;
  const files = cloudTrailFiles(options);
  const isGiven = strict || Object.values(files).some((value) => value !== undefined);
  if (isGiven || paths.length > 1 || (path !== undefined && (await isCloudTrail(path)))) {
    process.exitCode = await replayCloudTrailFiles(paths, { ...files, json, strict, target: options.target });
    return;
  }
  if (path !== undefined && (await isTrace(path))) return replayTraceFile(path, { json, target: options.target });
  return withConformance((conformance, io) =>
    conformance.replayCommand({ ...targetFlags(options), ...(path !== undefined && { path }), json }, io),
  );
}

function cloudTrailFiles({
  endpoints,
  grants,
  identities,
  organization,
  policies,
}: ReplayOptionValues): CloudTrailFiles {
  return {
    ...(policies && { policies }),
    ...(grants && { grants }),
    ...(identities !== undefined && { identities }),
    ...(organization !== undefined && { organization }),
    ...(endpoints !== undefined && { endpoints }),
  };
}

function more(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
