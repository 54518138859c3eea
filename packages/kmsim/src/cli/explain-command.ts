// `kmsim explain`: whether a policy lets somebody do something, and why. Nothing is called and nothing is started.

import { changesToAllow, type Decision, explainDecision, printable, remediesOf } from '@kmsim/authz';
import { liveWorld } from '@kmsim/world';
import { type Command, CommanderError, InvalidArgumentError } from 'commander';
import { callerForms } from '../callers.ts';
import { fullAccess } from '../organization.ts';
import { visibleJson, wordsFor } from './command-error.ts';
import { explainCases } from './explain-cases.ts';
import { shortName } from './explain-files.ts';
import { answer, type ExplainFlags, type Pair } from './explain-question.ts';
import { InputFiles } from './input-files.ts';
import { inert, say } from './terminal.ts';

interface ExplainOptionValues extends ExplainFlags {
  readonly cases?: string;
  readonly json?: boolean;
}

export function addExplain(program: Command): void {
  program
    .command('explain')
    .summary('say whether policies allow a call, and why')
    .description(
      'Decides as AWS KMS would, from policies in files: which document and which statement settled it, what was compared with what, and what is missing.',
    )
    .option('--as <arn>', 'who calls: a user, role, session or root user, or a service (logs.amazonaws.com)')
    .option('--operation <name>', 'what they call: Decrypt, CreateGrant, ...')
    .option('--policy <file>', 'the key policy; the default one, which leaves it to the account, when absent')
    .option('--identity <file>', 'an identity policy of the caller (repeatable)', more)
    .option('--boundary <file>', "the caller's permissions boundary")
    .option('--session <file>', 'a session policy (repeatable)', more)
    .option('--scp <file>', 'the service control policies of one level, root first: one, or a list (repeatable)', more)
    .option('--no-full-aws-access', 'FullAWSAccess is detached: a level of --scp allows only what its policies say')
    .option('--rcp <file>', 'a resource control policy (repeatable)', more)
    .option('--endpoint-policy <file>', 'the policy of the VPC endpoint that the request comes through')
    .option('--grant <file>', 'a grant, a list of grants, or what list-grants printed (repeatable)', more)
    .option('--key <arn>', 'the key')
    .option('--alias <name>', 'alias/orders, for operations on aliases')
    .option('--account <id>', 'the account that owns the key, when there is no --key')
    .option('--context <name=value>', 'a pair of the encryption context (repeatable)', morePairs)
    .option('--via <service>', 'the AWS service that calls for the caller: s3 (kms:ViaService)', serviceName)
    .option('--set <key=value>', 'a condition key: aws:SourceIp=192.0.2.1 (repeatable)', morePairs)
    .option('--cases <file>', 'run the policy tests of a file instead')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    // 1 means denied here: what commander refuses is another matter.
    .exitOverride(({ code, exitCode, message }) => {
      throw new CommanderError(exitCode === 0 ? 0 : 2, code, message);
    })
    .action(run);
}

const help = `
A file may be - for the standard input, and a policy may be what the AWS CLI printed as JSON (or, where you ask for text, with
--query Policy --output text):

  $ aws kms get-key-policy --key-id alias/orders | kmsim explain --policy - \\
      --as arn:aws:iam::111122223333:role/App --operation Decrypt --context tenant=acme

The key is taken for a symmetric one that KMS made, unless --set kms:KeySpec=... or its like says otherwise.
The exit code is 0 when the call is allowed, 1 when it is denied (or a case fails), and 2 when the question cannot be asked.`;

async function run({ cases, json = false, ...flags }: ExplainOptionValues): Promise<void> {
  const files = new InputFiles();
  try {
    if (cases !== undefined) {
      const { fullAwsAccess, ...others } = flags;
      if (fullAwsAccess === false || Object.keys(others).length > 0)
        throw new Error('--cases goes with --json and nothing else: a case says the rest.');
      const { failed, text, problems } = explainCases(await files.json(cases), cases, json);
      say(text);
      process.stderr.write(inert(problems));
      process.exitCode = failed ? 1 : 0;
      return;
    }
    const decisions = await answer(flags, files, liveWorld().clock.now());
    const allowed = isAllowed(flags, decisions);
    say(
      json ? jsonOf(allowed, decisions) : `${notes(flags, decisions)}${decisions.map(explainDecision).join('\n\n')}\n`,
    );
    process.exitCode = allowed ? 0 : 1;
  } catch (error) {
    process.stderr.write(`kmsim: ${printable(wordsFor(error, 'explain'))}\n`);
    process.exitCode = 2;
  }
}

/** All permissions are needed; but one grant that can be retired is enough. */
function isAllowed({ operation }: ExplainFlags, decisions: readonly Decision[]): boolean {
  const isAllow = ({ outcome }: Decision): boolean => outcome === 'Allow';
  return operation?.endsWith('RetireGrant') ? decisions.some(isAllow) : decisions.every(isAllow);
}

/** What was taken for granted. */
function notes({ account, key, policy, scp = [] }: ExplainFlags, [decision]: readonly Decision[]): string {
  const levels = decision?.request.serviceControlPolicies ?? [];
  const added = scp.filter((_, level) => levels[level]?.[0]?.name === fullAccess.name).map(shortName);
  const lines = [
    policy === undefined ? ['no --policy: the key has the default key policy, which leaves it to its account'] : [],
    added.length > 0
      ? [
          `FullAWSAccess stands beside the policies of --scp ${added.join(', --scp ')}, as AWS leaves it there: --no-full-aws-access takes it away`,
        ]
      : [],
    key === undefined ? [`no --key: it is any key of ${account === undefined ? "the caller's account" : account}`] : [],
  ].flat();
  return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
}

function jsonOf(allowed: boolean, decisions: readonly Decision[]): string {
  const shown = decisions.map((decision) => {
    const { action, principal, resource } = decision.request;
    const reasons = JSON.parse(JSON.stringify(decision)) as object;
    const advice = { changes: changesToAllow(decision) ?? null, remedies: remediesOf(decision) };
    return { principal: principal.arn, action, resource, ...reasons, ...advice };
  });
  return `${visibleJson({ allowed, decisions: shown })}\n`;
}

function serviceName(text: string): string {
  if (!callerForms.via.is(text)) throw new InvalidArgumentError("A service is named as 's3'.");
  return text;
}

function more(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

function morePairs(value: string, previous: readonly Pair[] = []): Pair[] {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('A name and a value with = between them are needed.');
  return [...previous, [value.slice(0, at), value.slice(at + 1)]];
}
