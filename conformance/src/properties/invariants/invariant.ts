// What must hold whatever was asked before: a number, a sentence, and who watches.

import type { Difference } from '../../match.ts';
import type { Target } from '../../target.ts';
import { checkRuns, type RunOptions, type RunReport } from '../check.ts';
import type { Watcher } from '../run.ts';

export interface Invariant<T extends Target = Target> {
  readonly id: `I${number}`;
  readonly says: string;
  /** How many runs of how many commands it takes; no commands for a scenario of its own. */
  readonly size: { readonly runs: number; readonly commands: number };
  readonly watch: (target: T) => Watcher;
}

export function checkInvariant<T extends Target>(
  { id, size, watch }: Invariant<T>,
  open: (name: string) => T | Promise<T>,
  options: RunOptions = {},
): Promise<RunReport> {
  return checkRuns(open, (target) => [watch(target)], { ...size, test: id, ...options });
}

/** Undefined when it is so. */
export function expectation(holds: boolean, expected: string, got: string, path = ''): Difference | undefined {
  return holds ? undefined : { path, expected, got };
}
