// A seed and what becomes of it: the schedule drawn, run, and told in figures.

import type { Kms } from '@kmsim/kms';
import type { CountingTrace } from './counting-trace.ts';
import { Run, Violation } from './run.ts';
import { drawSchedule, type Schedule } from './schedule.ts';

export interface SimulationOptions {
  readonly regions: readonly string[];
  readonly operations: number;
  /** Keeps the lines of the trace, not only its hash. */
  readonly keepLines?: boolean;
  /** Breaks every engine that is made: for tests of the simulation itself. */
  readonly plant?: ((kms: Kms) => void) | undefined;
}

/** What happened, in numbers. The same on every machine. */
export interface Figures {
  readonly operations: number;
  /** Of them, how many did what they were asked. */
  readonly succeeded: number;
  /** Things that were due, and messages between Regions. */
  readonly effects: number;
  readonly messages: number;
  /** By kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly simulatedMs: number;
}

export interface Outcome {
  readonly seed: string;
  readonly figures: Figures;
  /** Of the trace. */
  readonly sha256: string;
  readonly trace: CountingTrace;
  readonly schedule: Schedule;
  readonly violation: Violation | undefined;
}

export async function simulateSeed(seed: string, options: SimulationOptions): Promise<Outcome> {
  const { operations, regions } = options;
  return simulateSchedule(seed, drawSchedule({ seed, regions, operations }), options);
}

export async function simulateSchedule(
  seed: string,
  schedule: Schedule,
  { keepLines = false, plant, regions }: SimulationOptions,
): Promise<Outcome> {
  const run = new Run({ seed, regions, keepLines, plant });
  const violation = await violationOf(() => run.perform(schedule));
  const { trace } = run.machine;
  return { seed, figures: figuresOf(run), sha256: trace.sha256(), trace, schedule, violation };
}

async function violationOf(perform: () => Promise<void>): Promise<Violation | undefined> {
  try {
    await perform();
    return undefined;
  } catch (error) {
    if (error instanceof Violation) return error;
    throw error;
  }
}

function figuresOf({ answered, calls, machine }: Run): Figures {
  const { effect = 0, message = 0, ...faults } = machine.trace.counts();
  const simulatedMs = machine.now - machine.began;
  return { operations: calls, succeeded: answered, effects: effect, messages: message, faults, simulatedMs };
}

export function faultsOf({ faults }: Figures): number {
  return Object.values(faults).reduce((sum, count) => sum + count, 0);
}
