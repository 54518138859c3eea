// Plans and pauses as the commands of fast-check, which runs lists of them and shortens a list that fails.

import * as fc from 'fast-check';
import type { TargetPrincipal } from '../target.ts';
import { pause, plans } from './arbitraries/index.ts';
import { often } from './arbitraries/often.ts';
import type { Pause, Plan } from './plan.ts';
import type { Run } from './run.ts';

/** fast-check keeps a model and a real thing apart; here the run is both. */
export type Command = fc.AsyncCommand<Run, Run>;

export interface CommandOptions {
  readonly operations: readonly string[];
  readonly principals: readonly TargetPrincipal[];
  /** Whether time passes between commands. */
  readonly clock: boolean;
  readonly most: number;
  readonly replayPath?: string;
}

// Of a hundred commands, how many are time that passes.
const pausesInHundred = 6;

export function commandsFor(options: CommandOptions): fc.Arbitrary<Iterable<Command>> {
  const { clock, most, operations, principals, replayPath } = options;
  const asking = plans(operations, principals).map(asCommand);
  const either = clock ? often([100 - pausesInHundred, asking], [pausesInHundred, pause.map(asPause)]) : asking;
  return fc.commands([either], { maxCommands: most, size: 'max', ...(replayPath !== undefined && { replayPath }) });
}

/** Which commands of a failing list had run: fast-check needs it to go back to a shortened list. */
export function replayPathOf(list: Iterable<Command> | undefined): string | undefined {
  return /replayPath="([^"]*)"/.exec(String(list))?.[1];
}

function asCommand(plan: Plan): Command {
  return {
    check: (run) => run.can(plan),
    run: async (_, run) => {
      await run.perform(plan);
    },
    toString: () => plan.operation,
  };
}

function asPause(pause: Pause): Command {
  return { check: () => true, run: (_, run) => run.pass(pause), toString: () => 'pause' };
}
