// A schedule that fails, made shorter while it still fails in the same way: delta debugging over its commands.
// A. Zeller and R. Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 28(2), 2002.

import type { Command } from './command.ts';
import type { Violation } from './run.ts';
import type { Schedule } from './schedule.ts';

export interface ShortenOptions {
  /** Runs at most. */
  readonly most: number;
  readonly fails: (schedule: Schedule) => Promise<Violation | undefined>;
}

export async function shorten(
  schedule: Schedule,
  { command: last, invariant }: Pick<Violation, 'command' | 'invariant'>,
  { fails, most }: ShortenOptions,
): Promise<Schedule> {
  let left = most;
  const stillFails = async (commands: readonly Command[]): Promise<boolean> => {
    left -= 1;
    return (await fails({ ...schedule, commands }))?.invariant === invariant;
  };
  // What comes behind the failure was never run.
  let commands = last === undefined ? schedule.commands : schedule.commands.filter(({ n }) => n <= last.n);
  commands = (await firstOfOneKey(commands, stillFails, () => left > 0)) ?? commands;
  let parts = 2;
  while (commands.length > 1 && left > 0) {
    const size = Math.ceil(commands.length / parts);
    const shorter = await firstShorter(commands, size, stillFails, () => left > 0);
    if (shorter !== undefined) {
      commands = shorter;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(commands.length, parts * 2);
  }
  return { ...schedule, commands };
}

// The first that fails without one of its parts; the last parts first, for they hold the least of what others need.
async function firstShorter(
  commands: readonly Command[],
  size: number,
  stillFails: (commands: readonly Command[]) => Promise<boolean>,
  mayGoOn: () => boolean,
): Promise<readonly Command[] | undefined> {
  for (let end = commands.length; end > 0 && mayGoOn(); end -= size) {
    const without = [...commands.slice(0, Math.max(0, end - size)), ...commands.slice(end)];
    if (await stillFails(without)) return without;
  }
  return undefined;
}

// Mostly one key is enough: the commands about it, and what happens to all.
async function firstOfOneKey(
  commands: readonly Command[],
  stillFails: (commands: readonly Command[]) => Promise<boolean>,
  mayGoOn: () => boolean,
): Promise<readonly Command[] | undefined> {
  const roots = new Map<number, number | undefined>();
  for (const { choice, kind, n, of } of commands) {
    const isAboutAll = of === undefined && (choice === undefined || kind === 'crash');
    roots.set(n, of === undefined ? (isAboutAll ? undefined : n) : roots.get(of));
  }
  for (const root of [...new Set(roots.values())].reverse()) {
    if (root === undefined || !mayGoOn()) continue;
    const ofIt = commands.filter(({ n }) => roots.get(n) === root || roots.get(n) === undefined);
    if (ofIt.length < commands.length && (await stillFails(ofIt))) return ofIt;
  }
  return undefined;
}
