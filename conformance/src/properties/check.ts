// Runs of random commands against a target with watchers beside them, and of a run that shows a difference the shortest
// that still does. The reference model is one such watcher: with it, this is property-based conformance.

import * as fc from 'fast-check';
import { modelled } from '../model/index.ts';
import type { OpenTarget, Target } from '../target.ts';
import type { Transcript } from '../transcript.ts';
import { type Command, commandsFor, replayPathOf } from './commands.ts';
import { watchWithModel } from './model-watcher.ts';
import { Divergence, Run, type Watcher } from './run.ts';
import { scenarioOf } from './scenario.ts';
import { Tally } from './tally.ts';

export interface RunOptions {
  /** Same seed, same commands. fast-check draws one when absent. */
  readonly seed?: number;
  /** 100 when absent. */
  readonly runs?: number;
  /** The longest run; 100 when absent. */
  readonly commands?: number;
  /** Operations to leave out; `clock` and `principals` for a clock that is not to be moved and for one caller alone. */
  readonly without?: readonly string[];
  /** From the line that starts with REPRO: goes straight to that run. */
  readonly path?: string;
  /** The target's own and another when absent. */
  readonly regions?: readonly string[];
  /** What the line that starts with REPRO calls the check. */
  readonly test?: string;
}

export interface ConformanceOptions extends RunOptions {
  /** The target remembers other runs, or other people use it: lists may show more than was made here. */
  readonly shared?: boolean;
  /** Who calls, where a target without STS can only say the account: refusals name the caller. */
  readonly callerArn?: string;
}

export interface RunFailure {
  /** `REPRO seed=... path=... test=...` */
  readonly repro: string;
  readonly message: string;
  /** The shortest run that still shows the difference; undefined when something was thrown that is no difference. */
  readonly transcript: Transcript | undefined;
  readonly cause: unknown;
}

export interface RunReport {
  readonly seed: number;
  readonly runs: number;
  readonly commands: number;
  /** Operations that the target says it does not know, or not for such a request. */
  readonly unsupported: readonly string[];
  readonly failure: RunFailure | undefined;
}

export interface ConformanceReport extends RunReport {
  readonly tally: Tally;
}

/** The reference model must agree with every answer. A target is opened for each run, under the same name. */
export async function checkConformance(open: OpenTarget, options: ConformanceOptions = {}): Promise<ConformanceReport> {
  const tally = new Tally();
  const { callerArn, shared = false } = options;
  const named = async (name: string): Promise<Target> => ({ ...(await open(name)), ...(callerArn && { callerArn }) });
  const report = await checkRuns(named, (target) => [watchWithModel(target, { tally, shared })], options);
  return { ...report, tally };
}

export async function checkRuns<T extends Target>(
  open: (name: string) => T | Promise<T>,
  watch: (target: T) => readonly Watcher[],
  options: RunOptions = {},
): Promise<RunReport> {
  const { commands = 100, path = '', runs = 100, seed, test = 'model', without = [] } = options;
  const first = await open(test);
  await first.close?.();
  const regions = options.regions ?? twoRegions(first);
  const principals = without.includes('principals') ? [] : (first.principals ?? []);
  const counter = new Counter();
  const [runPath, replayPath] = path.split('@');
  const commandList = commandsFor({
    operations: modelled.filter((operation) => !without.includes(operation)),
    principals,
    clock: first.clockStandsStill === true && !without.includes('clock'),
    most: commands,
    ...(replayPath !== undefined && { replayPath }),
  });
  const property = fc.asyncProperty(commandList, async (list) => {
    const target = await open(test);
    const run = new Run(test, regions, { ...target, principals }, [counter, ...watch(target)]);
    try {
      await fc.asyncModelRun(() => ({ model: run, real: run }), list);
      await run.finish();
    } finally {
      await target.close?.();
    }
  });
  const details = await fc.check(property, {
    numRuns: runs,
    ...(seed !== undefined && { seed }),
    ...(runPath !== undefined && runPath !== '' && { path: runPath }),
  });
  const failure = details.failed ? failureOf(details, test, regions, first) : undefined;
  return { seed: details.seed, runs: details.numRuns, ...counter.counted(), failure };
}

class Counter implements Watcher {
  #commands = 0;
  readonly #unsupported = new Set<string>();

  after(): undefined {
    this.#commands += 1;
  }

  unsupported({ operation }: { readonly operation: string }): void {
    this.#unsupported.add(operation);
  }

  counted(): Pick<RunReport, 'commands' | 'unsupported'> {
    return { commands: this.#commands, unsupported: [...this.#unsupported].sort() };
  }
}

function twoRegions({ region = 'us-east-1' }: Target): readonly string[] {
  return [region, region === 'eu-west-1' ? 'us-east-1' : 'eu-west-1'];
}

function failureOf(
  { counterexample, counterexamplePath, errorInstance, seed }: fc.RunDetails<[Iterable<Command>]>,
  test: string,
  regions: readonly string[],
  place: Target,
): RunFailure {
  const replayPath = replayPathOf(counterexample?.[0]);
  const repro = `REPRO seed=${seed} path=${counterexamplePath}${replayPath ? `@${replayPath}` : ''} test=${test}`;
  const cause = errorInstance;
  if (!(cause instanceof Divergence)) return { repro, message: String(cause), transcript: undefined, cause };
  const { log, message, wanted: expected } = cause;
  const transcript =
    log.length === 0 ? undefined : scenarioOf(log, { name: test, about: message, regions, place, expected });
  return { repro, message, transcript, cause };
}

/** The report for people: one line when all went well; else the line to reproduce it, the difference, and the transcript. */
export function describeRuns({ commands, failure, runs, unsupported }: RunReport): readonly string[] {
  const left = unsupported.length === 0 ? '' : `; not built there: ${unsupported.join(', ')}`;
  if (failure === undefined) return [`${commands} commands in ${runs} runs, no difference${left}`];
  const { message, repro, transcript } = failure;
  return [repro, message, ...(transcript === undefined ? [] : [JSON.stringify(transcript, undefined, 2)])];
}
