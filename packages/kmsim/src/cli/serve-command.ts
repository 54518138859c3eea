// `kmsim serve`: one simulation behind HTTP until it is told to stop.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { createKmsim } from '../create-kmsim.ts';
import { defaultAccount, defaultRegion, kmsimOptionForms } from '../options.ts';
import { refuseServerInProduction } from '../production.ts';
import { type KmsimServer, serve } from '../serve.ts';
import { InputFiles } from './input-files.ts';
import { accessKeysIn, fillFrom, type ServeFiles, worldIn } from './serve-files.ts';
import { ended, more, onInternalError, portNumber } from './serving.ts';
import { exportLine, say } from './terminal.ts';
import { addTlsFlags, type TlsFlags, tlsOf } from './tls-flags.ts';
import { xksEndpointsOf } from './xks-endpoint-option.ts';

interface ServeFlags extends ServeFiles, TlsFlags {
  readonly port: number;
  readonly host?: string;
  readonly admin?: true | number;
  readonly seed?: string;
  readonly start?: string;
  readonly clock?: 'still' | 'running';
  readonly consistency?: 'immediate' | 'eventual';
  readonly region: string;
  readonly account: string;
  readonly credentials: 'strict' | 'permissive';
  readonly quotas: 'enforce' | 'meter' | 'off';
  readonly allowHost?: readonly string[];
  readonly world?: string;
  readonly localstackTags?: true;
  readonly xksEndpoint?: readonly string[];
  readonly iUnderstandThisIsExposed?: true;
  readonly json?: true;
}

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .summary('answer the AWS CLI, boto3, Ansible and other clients over HTTP')
    .description(
      'Answers every client that speaks KMS, on this machine only. Everything is in memory and gone at the end.',
    )
    .option('--port <number>', 'port to listen on; 0 takes a free one', portNumber, 4599)
    .option(
      '--seed <seed>',
      'same seed, same keys and ciphertexts; the clock then stands still. Without one they are random',
    )
    .option('--start <instant>', 'first instant of a seeded simulation; 2026-01-01, or now when the clock is running')
    .addOption(
      new Option('--clock <mode>', 'with a seed: still, or running with the clock of this machine').choices([
        'still',
        'running',
      ]),
    )
    .addOption(
      new Option(
        '--consistency <mode>',
        'eventual: changes of grants, aliases, tags and policies take time, as in AWS',
      ).choices(['immediate', 'eventual']),
    )
    .option('--world <file>', 'a world file, YAML or JSON: keys, identities and more, docs/world-files.md')
    .option('--localstack-tags', 'CreateKey heeds the tags _custom_id_ and _custom_key_material_, as LocalStack does')
    .option('--identities <file>', 'users and roles, so that policies apply to them and roles can be assumed')
    .option('--organization <file>', 'the organization of the accounts, with its SCPs and RCPs')
    .option('--access-keys <file>', 'access keys instead of "test", each with whom it stands for')
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
    .addOption(
      new Option('--quotas <mode>', 'request quotas: enforce throttles as the real service does; meter only counts')
        .choices(['enforce', 'meter', 'off'])
        .default('meter'),
    )
    .option('--host <host>', 'address to listen on; 127.0.0.1 and ::1 when absent')
    .option(
      '--allow-host <name>',
      'one more name that requests may be addressed to, and the certificate of --tls is for (repeatable)',
      more,
    )
    .option('--xks-endpoint <endpoint=address>', 'where the proxy of an external key store lives (repeatable)', more)
    .option('--i-understand-this-is-exposed', 'needed to listen beyond this machine')
    .option(
      '--admin [port]',
      'a second port, of this machine alone, that resets, moves the clock and shows what is there: docs/admin.md',
      portNumber,
    )
    .option('--json', 'print one line of JSON instead of text')
    .addHelpText('after', help)
    .action(run);
  addTlsFlags(command);
}

const help = `
Access key and secret are both "test". In another terminal:

  $ export AWS_ENDPOINT_URL_KMS=http://127.0.0.1:4599 AWS_ENDPOINT_URL_STS=http://127.0.0.1:4599
  $ export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1
  $ aws kms create-key

An AWS CLI older than 1.29 or 2.13 does not know the first two: give it --endpoint-url http://127.0.0.1:4599.

The files are JSON, in the shape of the options of createKmsim. With these identities "aws sts assume-role
--role-arn arn:aws:iam::000000000000:role/App --role-session-name me" gives credentials that may decrypt:

  [{ "arn": "arn:aws:iam::000000000000:role/App",
     "policies": { "decrypt": { "Version": "2012-10-17",
       "Statement": { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" } } } }]

With --seed the clock stands still and nothing over HTTP moves it: what takes time (replicas, deletion, rotation)
never ends, and assumed roles expire in the past. --clock running lets it move; then only dates differ from run to run.

GET /health answers 200 when the server is ready. SIGTERM or Ctrl-C ends it. npx does not pass SIGTERM on: scripts start
node_modules/.bin/kmsim serve`;

async function run(flags: ServeFlags, command: Command): Promise<void> {
  refuseServerInProduction(process.env);
  const {
    accessKeys,
    account,
    allowHost = [],
    clock,
    consistency,
    credentials,
    host,
    port,
    quotas,
    region,
    seed,
    start,
  } = flags;
  const end = ended();
  const xksEndpoints = xksEndpointsOf(flags.xksEndpoint ?? []);
  const files = new InputFiles();
  // Flags go before what a world says, defaults do not.
  const isMeant = (name: keyof ServeFlags): boolean =>
    flags.world === undefined || command.getOptionValueSource(name) !== 'default';
  const sim = createKmsim({
    ...(flags.world !== undefined && { world: await worldIn(flags.world) }),
    ...(isMeant('account') && { account }),
    ...(isMeant('region') && { region }),
    ...(isMeant('quotas') && { quotas }),
    ...(flags.localstackTags && { localstackTags: true }),
    ...(seed !== undefined && { seed }),
    ...(start !== undefined && { start }),
    ...(clock !== undefined && { clock }),
    ...(consistency !== undefined && { consistency }),
    xksEndpoints,
    ...(accessKeys !== undefined && { accessKeys: await accessKeysIn(files, accessKeys) }),
  });
  await fillFrom(sim, files, flags);
  const tls = await tlsOf(flags);
  const exposed = flags.iUnderstandThisIsExposed === true;
  const server = await serve(sim, {
    port,
    exposed,
    allowedHosts: allowHost,
    credentials,
    onInternalError,
    ...(host !== undefined && { host }),
    ...(flags.admin !== undefined && { admin: flags.admin }),
    ...(tls !== undefined && { tls }),
  });
  say(flags.json ? `${JSON.stringify(served(server))}\n` : greeting(server, credentials, xksEndpoints));
  await end;
  await server.close();
  sim.close();
}

// The only place where the token is shown.
function served({ admin, description, env, url }: KmsimServer): object {
  return { url, env, description, ...(admin && { admin: { url: admin.url, token: admin.token } }) };
}

function greeting(
  { admin, description, env, url }: KmsimServer,
  credentials: string,
  xksEndpoints: Readonly<Record<string, string>>,
): string {
  const proxies = Object.entries(xksEndpoints).map(([endpoint, address]) => `xks: ${endpoint} -> ${address}`);
  const exports = Object.entries(env).map(([name, value]) => exportLine(name, value));
  // A session token of somebody's real account would be sent along, and refused.
  exports.push('unset AWS_SESSION_TOKEN AWS_PROFILE');
  const lines = [`kmsim serves a simulated AWS KMS at ${url}`, description, ...proxies, '', ...exports, ''];
  if (admin !== undefined) {
    lines.push(`admin: ${admin.url}`, `admin token, shown this once: ${admin.token}`);
    lines.push(`inspector, to be opened in a browser: ${admin.inspector}`, '');
  }
  if (description.includes('rng=seeded'))
    lines.push('RNG: SEEDED - NOT SECRET. Whoever knows the seed knows every key.');
  if (description.includes('clock=still'))
    lines.push(
      admin === undefined
        ? 'The clock stands still: what takes time never ends. --clock running lets it move.'
        : 'The clock stands still until the inspector or the admin port pushes it. --clock running lets it move by itself.',
    );
  if (env['AWS_CA_BUNDLE'] !== undefined)
    lines.push('With AWS_CA_BUNDLE the AWS CLI and boto3 trust this server alone, and no other service of AWS.');
  if (credentials === 'permissive') lines.push('Signatures are not checked: everybody who reaches the port is let in.');
  return `${lines.join('\n')}\n`;
}

function regionName(text: string): string {
  if (!kmsimOptionForms.region.is(text)) throw new InvalidArgumentError("A Region is named as 'us-east-1'.");
  return text;
}

function accountId(text: string): string {
  if (!kmsimOptionForms.account.is(text)) throw new InvalidArgumentError('An account id has 12 digits.');
  return text;
}
