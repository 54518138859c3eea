// A schedule: the commands of a run, drawn from its seed before anything happens. First what the run is like, then the commands.

import { chance, exponential, pick, type RandomStream, simulatedWorld, wholeBetween } from '@kmsim/world';
import type { Actor, Command, Thing } from './command.ts';
import { drawPlan } from './fault-plans.ts';
import { kinds } from './kinds/index.ts';

export interface ScheduleBounds {
  readonly seed: string;
  readonly regions: readonly string[];
  readonly operations: number;
}

export interface Schedule {
  /** How often a client repeats what failed for no fault of its own. */
  readonly retries: number;
  /** When so many calls were made it is over: some commands find nothing that they could be about. */
  readonly operations: number;
  readonly commands: readonly Command[];
}

const spare = 1.3;
const dayMs = 86_400_000;
/** A plan of faults is about so many operations, and then comes another one. */
const operationsPerPlan = 40;
const meansBetweenMs = [50, 400, 3_000] as const;
/** Now and then nobody calls for long: what is due meanwhile must happen all the same. */
const longWaitsMs = [3_600_000, dayMs, 8 * dayMs, 31 * dayMs, 120 * dayMs, 400 * dayMs] as const;

/** Makes what most others are about. */
const firstKind = 'createMultiRegionKey';
const mostTries = 8;

const chances = {
  /** That a kind is in a run at all. */
  kind: 0.85,
  // An RSA key grows slowly, and each import needs one.
  imports: 0.1,
  longWait: 0.02,
  crash: 0.02,
  app: 0.05,
  stranger: 0.03,
  /** That a command for primaries goes where the key is primary. */
  primary: 0.75,
} as const;

export function drawSchedule({ operations, regions, seed }: ScheduleBounds): Schedule {
  const stream = simulatedWorld({ seed }).cursor('schedule').take();
  const weights = drawWeights(stream);
  const meanMs = pick(stream, meansBetweenMs);
  const retries = pick(stream, [0, 0, 2]);
  const commands: Command[] = [];
  const made = new Map<Thing, number[]>();
  const most = Math.ceil(operations * spare);
  for (let calls = 0; calls < most; ) {
    const n = commands.length + 1;
    if (calls % operationsPerPlan === 0 && commands.at(-1)?.kind !== 'faults') {
      const durationMs = Math.ceil(operationsPerPlan * meanMs);
      commands.push({ n, kind: 'faults', plan: drawPlan(stream, { regions, durationMs }) });
    } else if (chance(stream, chances.longWait)) {
      const longest = pick(stream, longWaitsMs);
      commands.push({ n, kind: 'wait', milliseconds: Math.ceil(exponential(stream, longest)) });
    } else if (chance(stream, chances.crash)) {
      commands.push({ n, kind: 'crash', choice: wholeBetween(stream, 0, 1) });
    } else if (commands.at(-1)?.kind !== 'wait' && chance(stream, 0.5)) {
      commands.push({ n, kind: 'wait', milliseconds: Math.ceil(exponential(stream, 2 * meanMs)) });
    } else {
      calls += 1;
      commands.push(drawCall(stream, n, weights, made, regions));
    }
  }
  return { retries, operations, commands };
}

type Weights = readonly (readonly [kind: string, weight: number])[];

// Keys must be made, and the rest is a swarm: what is left out leaves room for what is not.
function drawWeights(stream: RandomStream): Weights {
  const imports = chance(stream, chances.imports);
  return Object.entries(kinds).flatMap(([name, { makes, needs, weight }]): [string, number][] => {
    const isImport = makes?.includes('imported key') === true || needs === 'imported key';
    const isIn = isImport ? imports : chance(stream, chances.kind) || name === firstKind;
    return isIn ? [[name, weight * (isImport ? 3 : 1)]] : [];
  });
}

function drawCall(
  stream: RandomStream,
  n: number,
  weights: Weights,
  made: Map<Thing, number[]>,
  regions: readonly string[],
): Command {
  let kind = drawKind(stream, weights);
  // There is nothing yet that it could be about.
  for (let tries = 0; lacks(kind, made); tries++) kind = tries < mostTries ? drawKind(stream, weights) : firstKind;
  const candidates = made.get(kinds[kind]?.needs ?? 'key') ?? [];
  const { makes, needs, ofPrimary } = kinds[kind] ?? {};
  const choice = wholeBetween(stream, 0, 9_999);
  const of = needs === undefined ? {} : { of: pickLate(stream, candidates) };
  for (const thing of makes ?? []) note(made, thing, n);
  if (needs === undefined) return { n, kind, choice };
  const atPrimary = chance(stream, ofPrimary ? chances.primary : 1 / 3);
  const where = atPrimary ? 'primary' : pick(stream, regions);
  return { n, kind, ...of, where, by: drawActor(stream), choice };
}

function lacks(kind: string, made: ReadonlyMap<Thing, readonly number[]>): boolean {
  const needs = kinds[kind]?.needs;
  return needs !== undefined && !made.has(needs);
}

// Some things are in the middle of everything, so that much happens to them; often the last ones.
function pickLate(stream: RandomStream, candidates: readonly number[]): number {
  const last = candidates.slice(-4);
  return pick(stream, chance(stream, 0.6) ? last : candidates);
}

function note(made: Map<Thing, number[]>, thing: Thing, n: number): void {
  made.set(thing, [...(made.get(thing) ?? []), n]);
}

function drawKind(stream: RandomStream, weights: Weights): string {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  let at = (wholeBetween(stream, 0, 999_999) / 1_000_000) * total;
  for (const [kind, weight] of weights) {
    at -= weight;
    if (at < 0) return kind;
  }
  return weights[0]?.[0] ?? '';
}

function drawActor(stream: RandomStream): Actor {
  if (chance(stream, chances.app)) return 'app';
  return chance(stream, chances.stranger) ? 'stranger' : 'owner';
}
