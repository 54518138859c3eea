// A fault plan drawn from a stream: first which faults there are and how probable (a swarm: each plan has some and lacks others), then the events.

import { between, chance, exponential, pick, uniform, wholeBetween } from '../draws.ts';
import type { RandomStream } from '../random-streams.ts';
import type {
  ClogPlan,
  FaultPlan,
  LinkPlan,
  NetworkPlan,
  PartitionPlan,
  PausePlan,
  ServiceFault,
} from './fault-plan.ts';

export interface FaultBounds {
  readonly regions: readonly string[];
  /** Events lie between the beginning of the plan and this. A day when absent. */
  readonly durationMs?: number;
  /** Names of service faults to choose from. */
  readonly faults?: readonly string[];
  /** Those of them that need a `delayMs`. */
  readonly slow?: readonly string[];
}

type Range = readonly [least: number, most: number];

/** Wide enough to break what does not expect them, and not so wide that nothing works. A tick is 10 ms. */
const ranges = {
  minDelayMs: [0, 30],
  meanDelayMs: [30, 500],
  lossProbability: [0, 0.3],
  duplicateProbability: [0, 0.5],
  reorderProbability: [0, 0.5],
  reorderMs: [0, 2_000],
  clogMeanMs: [0, 60_000],
  pauseMs: [1, 60_000],
  partitionsPerRun: [1, 6],
  pausesPerRun: [1, 4],
  clogsPerRun: [1, 6],
  /** A tick heals with 1 to 10 %, and a partition lives 100 ticks at least. */
  partitionMeanMs: [100, 1_000],
  partitionMinMs: [1_000, 1_000],
  skewMs: [-900_000, 900_000],
  driftFraction: [-0.01, 0.01],
  serviceProbability: [0, 0.05],
  slowMs: [1, 10_000],
} as const satisfies Readonly<Record<string, Range>>;

const dayMs = 86_400_000;
const modes = ['isolate', 'halves', 'oneWay'] as const;

/** The same bytes give the same plan, and the plan is a possible one. With one Region there is no network. */
export function drawFaultPlan(stream: RandomStream, bounds: FaultBounds): FaultPlan {
  const { durationMs = dayMs, faults = [], regions, slow = [] } = bounds;
  const link = drawLink(stream);
  const has = { partitions: coin(stream), pauses: coin(stream), clogs: coin(stream), clocks: coin(stream) };
  const services = faults.filter(() => coin(stream)).map((raise) => drawService(stream, raise, slow, durationMs));
  const network: NetworkPlan = {
    ...link,
    ...(has.partitions && { partitions: drawPartitions(stream, regions, durationMs) }),
    ...(has.pauses && { pauses: drawPauses(stream, regions, durationMs) }),
    ...(has.clogs && { clogs: drawClogs(stream, regions, durationMs) }),
    ...(has.clocks && {
      clocks: regions.map((region) => ({
        region,
        skewMs: whole(stream, ranges.skewMs),
        driftFraction: within(stream, ranges.driftFraction),
      })),
    }),
  };
  return { ...(regions.length > 1 && { network }), ...(services.length > 0 && { services }) };
}

function drawLink(stream: RandomStream): LinkPlan {
  return {
    ...(coin(stream) && {
      minDelayMs: whole(stream, ranges.minDelayMs),
      meanDelayMs: whole(stream, ranges.meanDelayMs),
    }),
    ...(coin(stream) && { lossProbability: within(stream, ranges.lossProbability) }),
    ...(coin(stream) && { duplicateProbability: within(stream, ranges.duplicateProbability) }),
    ...(coin(stream) && {
      reorderProbability: within(stream, ranges.reorderProbability),
      reorderMs: whole(stream, ranges.reorderMs),
    }),
  };
}

function drawService(stream: RandomStream, raise: string, slow: readonly string[], durationMs: number): ServiceFault {
  const probability = within(stream, ranges.serviceProbability);
  const delay = slow.includes(raise) ? { delayMs: whole(stream, ranges.slowMs) } : {};
  if (coin(stream)) return { raise, probability, ...delay };
  const fromMs = Math.floor(uniform(stream) * durationMs);
  return { raise, probability, ...delay, fromMs, untilMs: fromMs + 1 + Math.floor(uniform(stream) * durationMs) };
}

// One after the other, so that no two contradict each other.
function drawPartitions(stream: RandomStream, regions: readonly string[], durationMs: number): PartitionPlan[] {
  const mean = within(stream, ranges.partitionMeanMs);
  const length = (): number => ranges.partitionMinMs[0] + exponential(stream, mean);
  return oneAfterTheOther(stream, ranges.partitionsPerRun, durationMs, length).map((window) => ({
    ...window,
    ...drawPlace(stream, regions),
  }));
}

function drawPlace(stream: RandomStream, regions: readonly string[]): Omit<PartitionPlan, 'fromMs' | 'untilMs'> {
  const [one = '', other = '', ...rest] = shuffled(stream, regions);
  const mode = pick(stream, modes);
  if (mode === 'isolate') return { isolate: one };
  if (mode === 'oneWay') return { oneWay: { from: one, to: other } };
  const left = rest.filter(() => coin(stream));
  const right = rest.filter((region) => !left.includes(region));
  return {
    halves: [
      [one, ...left],
      [other, ...right],
    ],
  };
}

function drawPauses(stream: RandomStream, regions: readonly string[], durationMs: number): PausePlan[] {
  const length = (): number => within(stream, ranges.pauseMs);
  return oneAfterTheOther(stream, ranges.pausesPerRun, durationMs, length).map((window) => ({
    ...window,
    region: pick(stream, regions),
  }));
}

function drawClogs(stream: RandomStream, regions: readonly string[], durationMs: number): ClogPlan[] {
  const mean = within(stream, ranges.clogMeanMs);
  return oneAfterTheOther(stream, ranges.clogsPerRun, durationMs, () => 1 + exponential(stream, mean)).map((window) => {
    const [from = '', to = ''] = shuffled(stream, regions);
    return { ...window, from, to };
  });
}

function oneAfterTheOther(
  stream: RandomStream,
  times: Range,
  durationMs: number,
  length: () => number,
): { fromMs: number; untilMs: number }[] {
  const count = whole(stream, times);
  const starts = Array.from({ length: count }, () => Math.floor(uniform(stream) * durationMs)).sort((a, b) => a - b);
  let free = 0;
  return starts.map((start) => {
    const fromMs = Math.max(start, free);
    free = fromMs + Math.ceil(length());
    return { fromMs, untilMs: free };
  });
}

function shuffled(stream: RandomStream, items: readonly string[]): string[] {
  const left = [...items];
  return items.map(() => left.splice(wholeBetween(stream, 0, left.length - 1), 1)[0] ?? '');
}

const coin = (stream: RandomStream): boolean => chance(stream, 0.5);
const within = (stream: RandomStream, [least, most]: Range): number => between(stream, least, most);
const whole = (stream: RandomStream, [least, most]: Range): number => wholeBetween(stream, least, most);
