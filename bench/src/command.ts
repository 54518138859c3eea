// The command: measures what was asked for, then shows, keeps, compares and draws it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { isAwsHost } from '@kmsim/conformance/endpoint';
import { against } from './against.ts';
import { describeCheckout } from './checkout.ts';
import { CommandError } from './command-error.ts';
import { compareRuns, isWorse } from './compare.ts';
import { comparisonText } from './compare-text.ts';
import { seed } from './keys.ts';
import { describeMachine, machineLine } from './machine.ts';
import { answerParent, runElsewhere, runHere } from './measure.ts';
import { commandLine, contradiction, type Options } from './options.ts';
import { profileFile, profileReport } from './profile-report.ts';
import { progressLine } from './progress-line.ts';
import { tableText } from './report.ts';
import { type Answer, fileToSave, folders, type Run, readRun, runText, saveRun } from './saved-run.ts';
import type { Suite } from './suite.ts';
import { missingRows, targets } from './targets.ts';

export async function command(suites: readonly Suite[], argv: readonly string[]): Promise<void> {
  const act = async (options: Options, names: readonly string[]): Promise<void> => {
    try {
      await perform(suites, options, names);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  };
  await commandLine(suites, act).parseAsync([...argv], { from: 'user' });
}

async function perform(suites: readonly Suite[], options: Options, names: readonly string[]): Promise<void> {
  const { compare, from, json, report, save } = options;
  const slip = contradiction(options);
  if (slip !== undefined) throw new CommandError(slip);
  const chosen = chosenSuites(suites, options, names);
  const [only] = chosen;
  if (options.here && only !== undefined && (await answerParent(only, wayOf(only, options)))) return;
  // Looked at before anything is measured: a slip would cost twenty minutes.
  const before = compare === undefined ? undefined : readRun(compare);
  if (save !== undefined) fileToSave(save);
  const run = from === undefined ? await measured(chosen, options) : suitesOf(readRun(from), names);
  if (json) process.stdout.write(runText(run));
  else if (from !== undefined && report === undefined && compare === undefined) show(run);
  if (save !== undefined) console.error(`Saved: ${shown(saveRun(save, run))}`);
  if (before !== undefined) judge(before, run, options);
  if (report !== undefined) await draw(run, report);
  if (options.smoke && chosen === suites && run.suites.length === suites.length) checkTargets(run);
}

function chosenSuites(suites: readonly Suite[], options: Options, names: readonly string[]): readonly Suite[] {
  const named = suites.filter(({ name }) => names.includes(name));
  if (options.against === undefined) return names.length === 0 ? suites : named;
  if (isAwsHost(options.against) && !options.iAcceptCosts)
    throw new CommandError(
      'This is the real AWS, which charges for keys and requests: --i-accept-costs says that you know.',
    );
  return [...named, against(options.against, process.env)];
}

function suitesOf(run: Run, names: readonly string[]): Run {
  if (names.length === 0) return run;
  const known = run.suites.map(({ name }) => name);
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length > 0)
    throw new CommandError(`The run has no suite '${missing.join("', '")}'. It has: ${known.join(', ')}.`);
  return { ...run, suites: run.suites.filter(({ name }) => names.includes(name)) };
}

function wayOf({ name }: Suite, { profile, smoke }: Options): Parameters<typeof runHere>[1] {
  return { smoke: smoke === true, profile: profile && profileFile(name) };
}

async function measured(chosen: readonly Suite[], options: Options): Promise<Run> {
  const machine = describeMachine();
  const speak = (text: string): void => {
    if (!options.json) console.log(text);
  };
  speak(`${machineLine(machine)}\n`);
  const begin = progressLine(process.stderr, chosen.length, () => performance.now());
  const one = async (suite: Suite): Promise<Answer | undefined> => {
    const progress = begin(suite.name);
    try {
      const answer = await answerOf(suite, options, progress.round);
      progress.end();
      speak(answerText(answer));
      if (options.profile) speak(profileReport(suite.name));
      return answer;
    } catch (error) {
      progress.end();
      // The others may be whole.
      console.error(`${String(error)}\n`);
      process.exitCode = 1;
      return undefined;
    }
  };
  // Figures that mean nothing may disturb each other.
  const answers = await inTurns(chosen, options.smoke && !options.here ? availableParallelism() : 1, one);
  const suites = answers.filter((answer) => answer !== undefined);
  return { machine, ...describeCheckout(), seed, smoke: options.smoke === true, suites };
}

/** So many at a time; answers in the order of the items. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at] as Item);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

function answerOf(suite: Suite, options: Options, onRound: Parameters<typeof runElsewhere>[2]): Promise<Answer> {
  const { against: peer, iAcceptCosts, profile, smoke } = options;
  if (options.here) return runHere(suite, wayOf(suite, options));
  const args = [smoke && '--smoke', profile && '--profile', iAcceptCosts && '--i-accept-costs'];
  // The suite of the peer is asked for by its address, not by its name.
  const suiteArgs = suite.name === 'against' && peer !== undefined ? ['--against', peer.href] : [suite.name];
  return runElsewhere(suite, [...suiteArgs, ...args.filter((arg) => typeof arg === 'string')], onRound);
}

function answerText({ about, name, tables }: Answer): string {
  const sparks = process.stdout.isTTY === true;
  return [
    `== ${[name, about].filter(Boolean).join(': ')}\n`,
    ...tables.map((table) => `${tableText(table, sparks)}\n`),
  ].join('\n');
}

function show({ machine, suites }: Run): void {
  console.log(`${machineLine(machine)}\n`);
  for (const answer of suites) console.log(answerText(answer));
}

function judge(before: Run, run: Run, { failOnSlower, json, noise }: Options): void {
  const comparison = compareRuns(before, run, noise);
  const text = comparisonText(before, run, comparison, noise);
  // Beside JSON it would be no JSON any more.
  if (json) console.error(text);
  else console.log(text);
  if (failOnSlower && isWorse(comparison)) process.exitCode = 1;
}

async function draw(run: Run, report: string | true): Promise<void> {
  // Loaded for those who want one: the libraries of the charts are large.
  const { reportPage } = await import('./html/page.ts');
  const caller = process.env['INIT_CWD'] ?? process.cwd();
  const file = report === true ? join(folders.own, 'report.html') : isAbsolute(report) ? report : join(caller, report);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, reportPage(run));
  console.error(`Report: ${shown(file)} (open it in a browser; it needs no network)`);
}

function checkTargets(run: Run): void {
  const missing = missingRows(targets, run);
  if (missing.length === 0) return;
  process.exitCode = 1;
  console.error(['No suite answers what a target asks for (bench/src/targets.ts):', ...missing].join('\n  '));
}

function shown(file: string): string {
  const path = relative(process.env['INIT_CWD'] ?? process.cwd(), file);
  return path.startsWith('..') ? file : path;
}
