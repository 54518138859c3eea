// A crash or a loss at every place where one can happen in a replication, a promotion, a rotation and a deletion, one by one.

import { afterAll, describe, expect, test } from 'vitest';
import type { Command } from '../../src/simulation/command.ts';
import { Run } from '../../src/simulation/run.ts';

const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];
const dayMs = 86_400_000;

const made: Command = { n: 1, kind: 'createMultiRegionKey', choice: 3 };
const of = 1;
const where = 'primary';
const settle: Command = { n: 90, kind: 'wait', milliseconds: 20_000 };
const replica: Command = { n: 2, kind: 'replicate', of, where, choice: 1 };
const text: Command = { n: 3, kind: 'encrypt', of, where, choice: 2 };
const plain: Command = {
  n: 91,
  kind: 'faults',
  plan: { network: { minDelayMs: 50, meanDelayMs: 50, resend: { afterMs: 200, factor: 2, maxMs: 400, attempts: 1 } } },
};

const scenes: Readonly<Record<string, readonly Command[]>> = {
  'a replication': [made, text, { n: 4, kind: 'replicate', of, where, choice: 1 }],
  'a promotion': [made, replica, settle, text, { n: 4, kind: 'promote', of, where, choice: 1 }],
  'a rotation': [made, replica, settle, text, { n: 4, kind: 'rotate', of, where, choice: 1 }],
  'a promotion while a rotation is under way': [
    made,
    replica,
    settle,
    text,
    { n: 4, kind: 'rotate', of, where, choice: 1 },
    { n: 5, kind: 'promote', of, where, choice: 1 },
  ],
  'a deletion of all': [
    made,
    replica,
    settle,
    text,
    { n: 4, kind: 'scheduleDeletion', of, where, choice: 0 },
    { n: 5, kind: 'scheduleDeletion', of, where: 'us-east-1', choice: 0 },
    { n: 6, kind: 'scheduleDeletion', of, where: 'us-west-2', choice: 0 },
    { n: 7, kind: 'scheduleDeletion', of, where: 'eu-west-1', choice: 0 },
  ],
};

/** What may happen at a place. */
const mishaps: Readonly<Record<string, (run: Run) => Promise<void>>> = {
  crash: (run) => run.do({ n: 99, kind: 'crash', choice: 0 }),
  'crash that loses what is under way': (run) => run.do({ n: 99, kind: 'crash', choice: 1 }),
  'loss of what is under way': async ({ machine: { kms } }) => {
    for (const [key] of kms.state.records().deliveries) kms.state.set('deliveries', key, undefined);
  },
};
const longMs = 60 * dayMs;

/** Plays a scene, and lets the mishap happen before the n-th thing that is due after the last command. Undefined: there are not so many. */
async function play(
  commands: readonly Command[],
  mishap: (run: Run) => Promise<void>,
  at: number,
): Promise<Run | undefined> {
  const run = new Run({ seed: 'crash points', regions, keepLines: false });
  for (const command of [plain, ...commands]) await run.do(command);
  const until = run.machine.now + longMs;
  for (let place = 0; place < at; place++) if (!run.next(until)) return undefined;
  await mishap(run);
  await run.end();
  return run;
}

const places: Record<string, number> = {};

describe.each(Object.keys(scenes))('%s', (scene) => {
  test.each(Object.keys(mishaps))(
    'comes to a legal end whatever the place of a %s',
    { timeout: 60_000 },
    async (name) => {
      const mishap = mishaps[name];
      const commands = scenes[scene];
      if (mishap === undefined || commands === undefined) throw new Error('no such scene');
      let at = 0;
      while ((await play(commands, mishap, at)) !== undefined) at += 1;
      places[`${scene}, ${name}`] = at;
      // Before and after each of at least two messages.
      expect(at).toBeGreaterThan(2);
    },
  );
});

// Test-plan, section 4: some forty places, each before and after.
afterAll(() => expect(Object.values(places).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(80));
