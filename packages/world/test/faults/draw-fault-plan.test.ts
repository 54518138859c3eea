// Plans from a seed: always possible, the same for the same seed, and of every kind.

import { expect, test } from 'vitest';
import { checkFaultPlan } from '../../src/faults/check-fault-plan.ts';
import { drawFaultPlan, type FaultBounds } from '../../src/faults/draw-fault-plan.ts';
import type { FaultPlan } from '../../src/faults/fault-plan.ts';
import { simulatedWorld } from '../../src/world.ts';

const bounds: FaultBounds = {
  regions: ['us-east-1', 'eu-west-1', 'ap-south-1', 'sa-east-1'],
  faults: ['KMSInternalException', 'SlowAnswer'],
  slow: ['SlowAnswer'],
};
const drawn = (seed: number, more: Partial<FaultBounds> = {}): FaultPlan =>
  drawFaultPlan(simulatedWorld({ seed }).cursor('fault plan').take(), { ...bounds, ...more });
const many = Array.from({ length: 300 }, (_, seed) => drawn(seed));

test('every plan is possible, however short the time and however few the Regions', () => {
  const vocabulary = {
    regions: bounds.regions,
    faults: { KMSInternalException: [], SlowAnswer: [] },
    slow: bounds.slow,
  };
  for (const plan of many) expect(checkFaultPlan(plan, vocabulary)).toEqual([]);
  for (let seed = 0; seed < 100; seed++) {
    expect(checkFaultPlan(drawn(seed, { durationMs: 1 }), vocabulary)).toEqual([]);
    expect(checkFaultPlan(drawn(seed, { regions: ['us-east-1', 'eu-west-1'] }), vocabulary)).toEqual([]);
  }
});

test('the same seed draws the same plan, another seed another', () => {
  expect(drawn(7)).toEqual(many[7]);
  expect(new Set(many.map((plan) => JSON.stringify(plan))).size).toBe(many.length);
});

test('each kind of fault is in some plans and missing in others', () => {
  const kinds: readonly ((plan: FaultPlan) => unknown)[] = [
    ({ network }) => network?.lossProbability,
    ({ network }) => network?.duplicateProbability,
    ({ network }) => network?.reorderProbability,
    ({ network }) => network?.meanDelayMs,
    ({ network }) => network?.partitions?.some(({ isolate }) => isolate !== undefined),
    ({ network }) => network?.partitions?.some(({ halves }) => halves !== undefined),
    ({ network }) => network?.partitions?.some(({ oneWay }) => oneWay !== undefined),
    ({ network }) => network?.pauses,
    ({ network }) => network?.clogs,
    ({ network }) => network?.clocks,
    ({ services }) => services?.some(({ raise }) => raise === 'KMSInternalException'),
    ({ services }) => services?.some(({ raise }) => raise === 'SlowAnswer'),
    ({ services }) => services?.some(({ untilMs }) => untilMs !== undefined),
  ];
  for (const [at, has] of kinds.entries()) {
    const those = many.filter((plan) => has(plan)).length;
    expect([at, those > 15, those < 285]).toEqual([at, true, true]);
  }
});

test('one Region has no network', () => {
  expect(many.every(({ network }) => network !== undefined)).toBe(true);
  expect(drawn(1, { regions: ['us-east-1'] }).network).toBeUndefined();
});
