// Schedules are drawn from their seed, and all kinds of commands come up and do something.

import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/simulation/kinds/index.ts';
import { drawSchedule } from '../../src/simulation/schedule.ts';
import { simulatedRegions } from '../../src/simulation/simulate-seeds.ts';

const bounds = { regions: simulatedRegions.slice(0, 3), operations: 200 };
const drawn = Array.from({ length: 40 }, (_, at) => drawSchedule({ ...bounds, seed: `schedule ${at}` }));

describe('a schedule', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(drawSchedule({ ...bounds, seed: 'schedule 0' })).toEqual(drawn[0]);
    expect(drawn[1]).not.toEqual(drawn[0]);
  });

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(drawn[0]))).toEqual(drawn[0]);
  });

  test('refers to earlier commands that make what is needed', () => {
    for (const { commands } of drawn)
      for (const { kind, n, of } of commands) {
        const needs = kinds[kind]?.needs;
        if (needs === undefined) continue;
        const maker = commands.find((command) => command.n === of);
        expect(maker?.n).toBeLessThan(n);
        expect(kinds[maker?.kind ?? '']?.makes).toContain(needs);
      }
  });

  test('has a plan of faults first, and others later', () => {
    for (const { commands } of drawn) {
      expect(commands[0]?.kind).toBe('faults');
      expect(commands.filter(({ kind }) => kind === 'faults').length).toBeGreaterThan(3);
    }
  });
});

test('every kind comes up in forty schedules, and none is in all of them', () => {
  const seen = drawn.map(({ commands }) => new Set(commands.map(({ kind }) => kind)));
  for (const kind of [...Object.keys(kinds), 'wait', 'crash', 'faults'])
    expect([kind, seen.some((one) => one.has(kind))]).toEqual([kind, true]);
  for (const kind of ['rotate', 'promote', 'encrypt', 'disable'])
    expect([kind, seen.every((one) => one.has(kind))]).toEqual([kind, false]);
});
