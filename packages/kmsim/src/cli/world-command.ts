// `kmsim world`: looks at a world file, or writes the world of a running simulation into one.

import { type Command, Option } from 'commander';
import { optional } from '../optional-package.ts';
import { visible, visibleJson } from './command-error.ts';
import { exportedWorld } from './world-export.ts';

interface CheckFlags {
  readonly json?: boolean;
}

interface ExportFlags {
  readonly admin: string;
  readonly token?: string;
  readonly secrets?: boolean;
  readonly json?: boolean;
}

export function addWorld(program: Command): void {
  const world = program
    .command('world')
    .summary('check a world file, or write one from a running simulation')
    .description('Worlds described in a file: docs/world-files.md. Begin with one: kmsim serve --world kms.yaml.');
  world
    .command('check')
    .summary('say everything that is wrong with a world file')
    .argument('<file>', 'a world file, YAML or JSON; the seed.yaml of local-kms')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nEach mistake is a line: file:line:column: what is wrong, and what to write. The exit code is 1 when there are any.',
    )
    .action(check);
  world
    .command('export')
    .summary('write the world of a simulation that is served with --admin')
    .requiredOption('--admin <url>', 'the address of its admin port, as kmsim serve printed it')
    .addOption(new Option('--token <token>', 'its token').env('KMSIM_ADMIN_TOKEN'))
    .option('--secrets', 'with the material of the keys, the seed, and the secrets of access keys')
    .option('--json', 'print JSON instead of YAML')
    .action(write);
}

async function check(path: string, { json = false }: CheckFlags): Promise<void> {
  // Loaded when used: a library for YAML is behind it.
  const { checkWorldFile, problemLine } = await optional('yaml', () => import('../world.ts'));
  const problems = checkWorldFile(path);
  if (json) process.stdout.write(`${visibleJson(problems)}\n`);
  else if (problems.length === 0) process.stdout.write(visible(`${path} is a world of kmsim.\n`));
  else process.stderr.write(visible(`${problems.map(problemLine).join('\n')}\n`));
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function write({ admin, json = false, secrets = false, token }: ExportFlags): Promise<void> {
  const content = await exportedWorld({ admin, token, secrets });
  const { worldText } = await optional('yaml', () => import('../world.ts'));
  process.stdout.write(json ? `${visibleJson(content)}\n` : worldText(content));
}
