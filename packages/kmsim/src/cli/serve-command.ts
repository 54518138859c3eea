// `kmsim serve`: one simulation behind HTTP until it is told to stop.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { createKmsim } from '../create-kmsim.ts';
import { defaultAccount, defaultRegion, kmsimOptionForms } from '../options.ts';
import { serve } from '../serve.ts';
import { refuseInProduction } from './production.ts';

interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly region: string;
  readonly account: string;
  readonly credentials: 'strict' | 'permissive';
  readonly allowHost?: readonly string[];
  readonly iUnderstandThisIsExposed?: true;
  readonly json?: true;
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('answer the AWS CLI, boto3, Ansible and other clients over HTTP')
    .description(
      'Answers every client that speaks KMS, on this machine only. Everything is in memory and gone at the end.',
    )
    .option('--port <number>', 'port to listen on; 0 takes a free one', portNumber, 4599)
    .option(
      '--seed <seed>',
      'same seed, same keys and ciphertexts; the clock then stands still at 2026-01-01. Without one they are random',
    )
    .option('--region <region>', 'Region of the printed variables, and of unsigned requests', regionName, defaultRegion)
    .option('--account <id>', 'account of the administrator, 12 digits', accountId, defaultAccount)
    .addOption(
      new Option(
        '--credentials <mode>',
        'strict: signatures are checked. permissive: any access key will do; one of 12 digits selects the account',
      )
        .choices(['strict', 'permissive'])
        .default('strict'),
    )
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--allow-host <name>', 'one more name that requests may be addressed to (repeatable)', more)
    .option('--i-understand-this-is-exposed', 'needed to listen beyond this machine')
    .option('--json', 'print one line of JSON instead of text')
    .addHelpText('after', help)
    .action(run);
}

const help = `
Access key and secret are both "test". In another terminal:

  $ export AWS_ENDPOINT_URL_KMS=http://127.0.0.1:4599 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1
  $ aws kms create-key

An AWS CLI older than 1.29 or 2.13 does not know the first variable: give it --endpoint-url http://127.0.0.1:4599.
GET /health answers 200 when the server is ready. SIGTERM or Ctrl-C ends it.`;

async function run(flags: ServeFlags): Promise<void> {
  refuseInProduction(process.env);
  const { account, allowHost = [], credentials, host, port, region, seed } = flags;
  // Listened for from the start: a signal that comes early ends it as cleanly.
  const end = ended();
  const sim = createKmsim({ account, region, ...(seed !== undefined && { seed }) });
  const exposed = flags.iUnderstandThisIsExposed === true;
  const server = await serve(sim, { port, host, exposed, allowedHosts: allowHost, credentials, onInternalError });
  if (flags.json)
    process.stdout.write(`${JSON.stringify({ url: server.url, env: server.env, description: server.description })}\n`);
  else process.stdout.write(greeting(server.url, server.env, server.description, credentials));
  await end;
  await server.close();
  sim.close();
}

function greeting(
  url: string,
  env: Readonly<Record<string, string>>,
  description: string,
  credentials: string,
): string {
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${value}`);
  // A session token of somebody's real account would be sent along, and refused.
  exports.push('unset AWS_SESSION_TOKEN AWS_PROFILE');
  const lines = [`kmsim serves a simulated AWS KMS at ${url}`, description, '', ...exports, ''];
  if (description.includes('rng=seeded'))
    lines.push('RNG: SEEDED - NOT SECRET. Whoever knows the seed knows every key.');
  if (credentials === 'permissive') lines.push('Signatures are not checked: everybody who reaches the port is let in.');
  return `${lines.join('\n')}\n`;
}

function onInternalError(error: unknown): void {
  process.stderr.write(`kmsim: a defect, please report it: ${error instanceof Error ? error.stack : String(error)}\n`);
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

function regionName(text: string): string {
  if (!kmsimOptionForms.region.is(text)) throw new InvalidArgumentError("A Region is named as 'us-east-1'.");
  return text;
}

function accountId(text: string): string {
  if (!kmsimOptionForms.account.is(text)) throw new InvalidArgumentError('An account id has 12 digits.');
  return text;
}

function more(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
