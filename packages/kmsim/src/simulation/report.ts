// What is told of a simulation: a line for each seed, the totals, and of a failure how to see it again.

import { describeCommand } from './command.ts';
import type { Violation } from './run.ts';
import type { Schedule } from './schedule.ts';
import { type Figures, faultsOf, type Outcome } from './simulate.ts';

export interface Failure {
  readonly seed: string;
  readonly violation: Violation;
  readonly reproduce: string;
  /** How many commands the seed has, and the fewest that still fail. */
  readonly commands: number;
  readonly shortened: Schedule;
}

export interface Totals extends Figures {
  readonly seeds: number;
  readonly failures: number;
}

export const noTotals: Totals = {
  seeds: 0,
  operations: 0,
  succeeded: 0,
  effects: 0,
  messages: 0,
  faults: {},
  simulatedMs: 0,
  failures: 0,
};

export function added(totals: Totals, { figures, violation }: Pick<Outcome, 'figures' | 'violation'>): Totals {
  const faults = { ...totals.faults };
  for (const [fault, count] of Object.entries(figures.faults)) faults[fault] = (faults[fault] ?? 0) + count;
  return {
    seeds: totals.seeds + 1,
    operations: totals.operations + figures.operations,
    succeeded: totals.succeeded + figures.succeeded,
    effects: totals.effects + figures.effects,
    messages: totals.messages + figures.messages,
    faults: Object.fromEntries(Object.entries(faults).sort(([a], [b]) => (a < b ? -1 : 1))),
    simulatedMs: totals.simulatedMs + figures.simulatedMs,
    failures: totals.failures + (violation === undefined ? 0 : 1),
  };
}

// Of 365.25 days.
const yearMs = 31_557_600_000;

function yearsOf({ simulatedMs }: Figures): string {
  return (simulatedMs / yearMs).toFixed(1);
}

/** How far it is, in a line. */
export function progressLine(totals: Totals, of: number): string {
  const { operations, seeds } = totals;
  return `${seeds}/${of} seeds, ${operations} operations, ${yearsOf(totals)} simulated years, ${faultsOf(totals)} faults`;
}

export function seedLine({ figures, seed, sha256, violation }: Outcome): string {
  return JSON.stringify({ seed, ...figures, sha256, ...(violation && { fails: violation.message }) });
}

/** The last line: apart from `elapsedMs` the same on every machine. */
export function closingLine(totals: Totals, failure: Failure | undefined, elapsedMs: number): string {
  const told = failure && {
    seed: failure.seed,
    invariant: failure.violation.invariant,
    promise: failure.violation.says,
    problem: failure.violation.message,
    reproduce: failure.reproduce,
    commands: failure.shortened.commands,
  };
  return JSON.stringify({ totals, ...(told && { failure: told }), elapsedMs });
}

export function closingText(totals: Totals, failure: Failure | undefined, elapsedMs: number): readonly string[] {
  const { effects, failures, faults, messages, operations, seeds, succeeded } = totals;
  const kinds = Object.entries(faults).map(([fault, count]) => `${fault} ${count}`);
  return [
    ...(failure === undefined ? [] : [...failureText(failure), '']),
    `${seeds} seeds, ${operations} operations (${succeeded} succeeded), ${effects} timed effects, ${messages} messages between Regions`,
    `${faultsOf(totals)} faults: ${kinds.join(', ')}`,
    `${yearsOf(totals)} simulated years in ${(elapsedMs / 1000).toFixed(1)} s, ${failures} failures`,
  ];
}

function failureText({ commands, reproduce, seed, shortened, violation }: Failure): readonly string[] {
  const after = violation.command && ` after ${describeCommand(violation.command).trim()}`;
  return [
    `Seed ${seed} fails${after ?? ' in the end'}`,
    `  promise: ${violation.says}`,
    `  problem: ${violation.message}`,
    `  again:   ${reproduce}`,
    `Of ${commands} commands these ${shortened.commands.length} are enough:`,
    ...shortened.commands.map(describeCommand),
  ];
}
