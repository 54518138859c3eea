// What the command takes.

import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultNoise } from './compare.ts';
import { nearest } from './nearest.ts';
import type { Suite } from './suite.ts';

export interface Options {
  readonly only: readonly string[];
  readonly smoke?: true;
  readonly json?: true;
  readonly save?: string;
  readonly compare?: string;
  readonly from?: string;
  readonly noise: number;
  readonly failOnSlower?: true;
  readonly profile?: true;
  /** True: a file of the default name. */
  readonly report?: string | true;
  readonly against?: URL;
  readonly iAcceptCosts?: true;
  readonly here?: true;
}

/** Calls `act` with the options and with the names of the suites that were asked for; none means all. */
export function commandLine(
  suites: readonly Pick<Suite, 'name' | 'about'>[],
  act: (options: Options, names: readonly string[]) => Promise<void>,
): Command {
  const known = suites.map(({ name }) => name);
  const suiteName = (written: string, before: readonly string[] = []): readonly string[] => {
    if (known.includes(written)) return [...before, written];
    const near = nearest(written, known);
    throw new InvalidArgumentError(
      near === undefined ? `There is no such suite. There are: ${known.join(', ')}.` : `Did you mean '${near}'?`,
    );
  };
  return new Command('npm run bench --')
    .description('Measures kmsim on its compiled packages. Without a suite: all of them, which takes long.')
    .argument('[suite...]', 'which suites; all when none is named', suiteName)
    .addOption(
      new Option('--only <suite>', 'the same as naming it; may be given again')
        .argParser(suiteName)
        .default([], 'none'),
    )
    .option('--smoke', 'everything briefly: proves that it runs, the figures mean nothing')
    .option('--json', 'print the run as JSON')
    .option('--save <name>', 'keep the run in bench/runs/<name>.json, or at a path ending in .json')
    .option('--compare <name>', 'afterwards: what became slower since that saved run')
    .option(
      '--from <name>',
      'measure nothing: take the figures of a saved run, to compare or to report them; of the suites that are named',
    )
    .addOption(
      new Option('--noise <percent>', 'a change of less is none').argParser(percent).default(defaultNoise, '10'),
    )
    .option('--fail-on-slower', 'with --compare: end with 1 when something became slower, or cannot be compared')
    .option('--profile', 'write a CPU profile of each suite and say where the time went')
    .option('--report [file]', 'write a page with charts; bench/runs/report.html unless a file is named', htmlFile)
    .option('--against <url>', 'send the same requests to another KMS endpoint, in turns with kmsim', endpoint)
    .option('--i-accept-costs', 'needed for --against the real AWS, which charges for keys and requests')
    .addOption(new Option('--here', 'in this process').hideHelp())
    .addHelpText('after', () => `${suiteHelp(suites)}\n${help}`)
    .showHelpAfterError('(--help says what there is)')
    .action((named: readonly string[] | undefined, options: Options) =>
      act(options, [...new Set([...(named ?? []), ...options.only])]),
    );
}

/** What would be ignored, in a sentence. */
export function contradiction(options: Options): string | undefined {
  const { against, compare, failOnSlower, from, profile, smoke } = options;
  if (failOnSlower && compare === undefined) return '--fail-on-slower needs --compare: slower than what?';
  if (from === undefined) return undefined;
  const measuring = { '--against': against, '--profile': profile, '--smoke': smoke };
  const [flag] = Object.entries(measuring).find(([, value]) => value !== undefined) ?? [];
  return flag === undefined ? undefined : `--from measures nothing: ${flag} says nothing beside it.`;
}

const help = `
--compare calls slower what costs more than the noise more and whose quartiles do not meet those of before. Rows with a floor are
compared by their ratio to it, others by their time in pieces of a work that never changes, measured in the same process.

--against creates keys at the endpoint, leaves them pending deletion, and sends some thousand requests, signed with AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN) for AWS_REGION; "test" and "test" for us-east-1 when these are not set.

  npm run bench -- requests corridor --save before
  npm run bench -- requests corridor --compare before
  npm run bench -- requests --profile
  npm run bench -- --from before --report before.html
  npm run bench -- --against http://127.0.0.1:4599`;

function suiteHelp(suites: readonly Pick<Suite, 'name' | 'about'>[]): string {
  const width = Math.max(...suites.map(({ name }) => name.length));
  return `\nSuites:\n${suites.map(({ about, name }) => `  ${name.padEnd(width)}  ${about}`).join('\n')}`;
}

function percent(text: string): number {
  const value = Number(text);
  if (!(text.trim() !== '' && value >= 0 && value <= 1000))
    throw new InvalidArgumentError('A percentage is a number from 0 to 1000.');
  return value / 100;
}

function htmlFile(text: string): string {
  if (text.endsWith('.html')) return text;
  throw new InvalidArgumentError('The file of a report ends in .html; the names of suites go before --report.');
}

function endpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('An endpoint is an http or https address, such as http://127.0.0.1:4599.');
  return url;
}
