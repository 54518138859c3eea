// The fewest commands that still fail.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Violation } from '../../src/simulation/run.ts';
import type { Schedule } from '../../src/simulation/schedule.ts';
import { shorten } from '../../src/simulation/shorten.ts';

function scheduleOf(count: number): Schedule {
  const commands = Array.from({ length: count }, (_, at) => ({ n: at + 1, kind: 'wait', milliseconds: 1 }));
  return { retries: 0, operations: count, commands };
}

const violation = (invariant: string) => new Violation({ invariant, says: '', problem: '' });

const culprits = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });

test.prop([fc.integer({ min: 60, max: 120 }), culprits])('are those that it takes', async (count, needed) => {
  const fails = async ({ commands }: Schedule) =>
    needed.every((n) => commands.some((command) => command.n === n)) ? violation('it') : undefined;
  const { commands } = await shorten(scheduleOf(count), violation('it'), { most: 1_000, fails });
  expect(commands.map(({ n }) => n)).toEqual([...needed].sort((a, b) => a - b));
});

test('do not fail in another way', async () => {
  const fails = async ({ commands }: Schedule) => violation(commands.length < 10 ? 'other' : 'it');
  const { commands } = await shorten(scheduleOf(40), violation('it'), { most: 1_000, fails });
  expect(commands).toHaveLength(10);
});

test('are not looked for without end, nor behind the failure', async () => {
  let runs = 0;
  const fails = async () => {
    runs += 1;
    return undefined;
  };
  const last = { n: 30, kind: 'wait' };
  const { commands } = await shorten(scheduleOf(40), new Violation({ invariant: 'it', says: '', problem: '' }, last), {
    most: 20,
    fails,
  });
  expect(commands).toHaveLength(30);
  expect(runs).toBe(20);
});
