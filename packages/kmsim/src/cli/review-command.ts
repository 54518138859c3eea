// `kmsim review`: what a security reviewer would say of a CloudTrail log and of a snapshot.

import { stat } from 'node:fs/promises';
import { printable } from '@kmsim/authz';
import type { CloudTrailRecord } from '@kmsim/kms';
import { liveWorld } from '@kmsim/world';
import { type Command, CommanderError, Option } from 'commander';
import { emptyInventory, type Inventory } from '../analysis/inventory.ts';
import { inventoryIn } from '../analysis/snapshot-inventory.ts';
import { instantOfEvent } from '../analysis/trail-event.ts';
import { logFiles } from '../cloudtrail/log-files.ts';
import { type ReviewFinding, type Severity, severities } from '../review/finding.ts';
import { reviewOf } from '../review/review.ts';
import { reviewRules } from '../review/rules/all.ts';
import { visible, visibleJson, wordsFor } from './command-error.ts';
import { InputFiles } from './input-files.ts';
import { kmsRecordsInFile } from './log-file.ts';

interface ReviewFlags {
  readonly snapshot?: string;
  readonly severity: Severity;
  readonly failOn: Severity | 'never';
  readonly except?: readonly string[];
  readonly json?: boolean;
}

export function addReview(program: Command): void {
  program
    .command('review')
    .summary('look through a CloudTrail log and a snapshot as a security reviewer would')
    .description(
      'Reports keys, policies, grants and calls that a security reviewer would ask about: each with evidence, a remedy and the page of AWS that says so.',
    )
    .argument(
      '[log...]',
      'CloudTrail log files (.json or .json.gz), folders of them, or what lookup-events printed; - for the standard input',
    )
    .option('--snapshot <file>', 'what sim.snapshot() returned: keys, policies, grants and identities')
    .addOption(
      new Option('--severity <least>', 'show findings from this severity on').choices(severities).default('low'),
    )
    .addOption(
      new Option('--fail-on <least>', 'end with 1 for a finding of this severity or graver')
        .choices([...severities, 'never'])
        .default('high'),
    )
    .option('--except <rule>', 'leave a rule out (repeatable)', (rule, all: readonly string[] = []) => [...all, rule])
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    // 1 means that there are findings: what commander refuses is another matter.
    .exitOverride(({ code, exitCode, message }) => {
      throw new CommanderError(exitCode === 0 ? 0 : 2, code, message);
    })
    .action(run);
}

const help = `
  $ kmsim review cloudtrail.json.gz
  $ aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventSource,AttributeValue=kms.amazonaws.com | kmsim review -

Values of encryption contexts are never shown. The exit code is 0, 1 when there are findings that --fail-on asks for, and 2 when the
review cannot be made.

Rules, for --except:

${rulesText()}`;

function rulesText(): string {
  const width = Math.max(...reviewRules.map(({ id }) => id.length));
  return reviewRules
    .map(({ id, severity, title }) => `  ${id.padEnd(width)}  ${severity.padEnd(6)}  ${title}`)
    .join('\n');
}

async function run(logs: readonly string[], flags: ReviewFlags): Promise<void> {
  try {
    const { except = [], failOn, json = false, severity, snapshot } = flags;
    if (logs.length === 0 && snapshot === undefined) throw new Error('Name a log file, or a snapshot with --snapshot.');
    if (logs.filter((path) => path === '-').length + Number(snapshot === '-') > 1)
      throw new Error('The standard input (-) can be read only once.');
    const events = await recordsOf(logs);
    const inventory = await inventoryOf(snapshot, events);
    const all = reviewOf({ events, inventory }, { except });
    const shown = reviewOf({ events, inventory }, { except, severity });
    process.stdout.write(json ? `${visibleJson(shown)}\n` : `${visible(`${shown}`)}\n`);
    process.exitCode = all.findings.some((finding) => isGrave(finding, failOn)) ? 1 : 0;
  } catch (error) {
    process.stderr.write(`kmsim: ${printable(wordsFor(error, 'review'))}\n`);
    process.exitCode = 2;
  }
}

function isGrave({ severity }: ReviewFinding, least: ReviewFlags['failOn']): boolean {
  return least !== 'never' && severities.indexOf(severity) <= severities.indexOf(least);
}

/** In order: log files come by Region and by quarter of an hour. */
async function recordsOf(logs: readonly string[]): Promise<readonly CloudTrailRecord[]> {
  const all: CloudTrailRecord[] = [];
  const files = (await Promise.all(logs.map(filesOf))).flat();
  for (const path of files) for (const record of await kmsRecordsInFile(path)) all.push(record);
  return all.sort((a, b) => instantOfEvent(a) - instantOfEvent(b));
}

async function filesOf(path: string): Promise<readonly string[]> {
  // What cannot be read is complained about where it is read.
  const isFolder = path !== '-' && (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder) return [path];
  const files = await logFiles([path]);
  if (files.length === 0) throw new Error(`${path}: there is no log file in it.`);
  return files;
}

async function inventoryOf(snapshot: string | undefined, events: readonly CloudTrailRecord[]): Promise<Inventory> {
  const last = events.at(-1);
  if (snapshot === undefined)
    return emptyInventory(last === undefined ? liveWorld().clock.now() : instantOfEvent(last));
  return inventoryIn(await new InputFiles().json(snapshot));
}
