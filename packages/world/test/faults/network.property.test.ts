// Laws of the network, whatever the plan: nothing arrives before it was sent, nothing passes a partition, everything arrives after the heal,
// the same seed sends the same, and no link disturbs another.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { checkFaultPlan } from '../../src/faults/check-fault-plan.ts';
import type { FaultPlan, NetworkPlan, PartitionPlan } from '../../src/faults/fault-plan.ts';
import type { Network } from '../../src/faults/network.ts';
import { defaultStart, simulatedWorld, type World } from '../../src/world.ts';

const regions = ['us-east-1', 'eu-west-1', 'ap-south-1'] as const;
const region = fc.constantFrom(...regions);
const link = fc.uniqueArray(region, { minLength: 2, maxLength: 2 });
const window = fc
  .tuple(fc.nat(60_000), fc.integer({ min: 1, max: 60_000 }))
  .map(([fromMs, length]) => ({ fromMs, untilMs: fromMs + length }));

const partition = fc.oneof(
  fc.tuple(window, region).map(([at, isolate]): PartitionPlan => ({ ...at, isolate })),
  fc.tuple(window, link).map(([at, [from = '', to = '']]): PartitionPlan => ({ ...at, oneWay: { from, to } })),
  fc.tuple(window, link).map(([at, [one = '', ...others]]): PartitionPlan => ({ ...at, halves: [[one], others] })),
);

const quality = fc.record(
  {
    minDelayMs: fc.nat(30),
    meanDelayMs: fc.integer({ min: 30, max: 500 }),
    lossProbability: fc.double({ min: 0, max: 0.5, noNaN: true }),
    duplicateProbability: fc.double({ min: 0, max: 1, noNaN: true }),
    reorderProbability: fc.double({ min: 0, max: 1, noNaN: true }),
    reorderMs: fc.nat(2_000),
  },
  { requiredKeys: [] },
);

const network = fc
  .tuple(
    quality,
    fc.record(
      {
        partitions: fc.array(partition, { maxLength: 4 }),
        pauses: window.map((at) => [{ ...at, region: 'eu-west-1' }]),
        clogs: window.map((at) => [{ ...at, from: 'us-east-1', to: 'eu-west-1' }]),
        clocks: fc.integer({ min: -900_000, max: 900_000 }).map((skewMs) => [{ region: 'eu-west-1', skewMs }]),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([link, events]): NetworkPlan => ({ ...link, ...events }))
  .filter((plan) => checkFaultPlan({ network: plan }).length === 0);

const messages = fc.array(
  fc.tuple(link, fc.nat(150_000)).map(([[from = '', to = ''], at]) => ({ from, to, at: defaultStart + at })),
  { minLength: 1, maxLength: 30 },
);

function worldOf(faults: FaultPlan, seed: string | number = 'network'): World & { readonly network: Network } {
  const world = simulatedWorld({ seed, faults });
  const made = world.faults?.network;
  if (made === undefined) throw new Error('no network');
  return Object.assign(world, { network: made });
}

const stands = (plan: PartitionPlan, from: string, to: string): boolean => {
  if (plan.isolate !== undefined) return plan.isolate === from || plan.isolate === to;
  if (plan.oneWay !== undefined) return plan.oneWay.from === from && plan.oneWay.to === to;
  const sides = plan.halves?.map((half) => [half.includes(from), half.includes(to)]) ?? [];
  return sides.some(([has, other]) => has && !other) && sides.some(([has, other]) => !has && other);
};

describe('whatever the plan', () => {
  test.prop([network, messages])(
    'messages arrive, in order, as whole instants, never before they were sent',
    (plan, all) => {
      const world = worldOf({ network: plan });
      for (const message of all) {
        const deliveries = world.network.deliveriesOf(message);
        expect(deliveries.length).toBeGreaterThan(0);
        expect(deliveries).toEqual([...deliveries].sort((a, b) => a - b));
        expect(deliveries.every((at) => Number.isSafeInteger(at) && at >= message.at)).toBe(true);
      }
    },
  );

  test.prop([network, messages])(
    'the same seed delivers at the same instants; a position is enough to go on',
    (plan, all) => {
      const whole = worldOf({ network: plan });
      const expected = all.map((message) => whole.network.deliveriesOf(message));
      const again = worldOf({ network: plan });
      const half = Math.floor(all.length / 2);
      const first = all.slice(0, half).map((message) => again.network.deliveriesOf(message));
      const position = JSON.parse(JSON.stringify(again.position()));
      const later = simulatedWorld({ seed: 'network', position }).faults?.network;
      expect([...first, ...all.slice(half).map((message) => later?.deliveriesOf(message))]).toEqual(expected);
    },
  );

  test.prop([network, messages])('no link disturbs another', (plan, all) => {
    const together = worldOf({ network: plan });
    const deliveries = all.map((message) => together.network.deliveriesOf(message));
    for (const [from, to] of [regions, [...regions].reverse()]) {
      const alone = worldOf({ network: plan });
      for (const [at, message] of all.entries()) {
        if (message.from !== from || message.to !== to) continue;
        expect(alone.network.deliveriesOf(message)).toEqual(deliveries[at]);
      }
    }
  });

  test.prop([network, messages])('nothing is taken in across a partition, nothing during a pause', (plan, all) => {
    const { network } = worldOf({ network: { ...plan, pauses: [] } });
    const paused = worldOf({ network: plan }).network;
    const holds = ({ fromMs, untilMs }: { fromMs: number; untilMs: number }, at: number): boolean =>
      at >= defaultStart + fromMs && at < defaultStart + untilMs;
    for (const message of all) {
      for (const at of network.deliveriesOf(message)) {
        const cut = plan.partitions?.filter((one) => stands(one, message.from, message.to) && holds(one, at));
        expect(cut ?? []).toEqual([]);
      }
      if (message.to !== 'eu-west-1') continue;
      for (const at of paused.deliveriesOf(message))
        expect(plan.pauses?.filter((pause) => holds(pause, at)) ?? []).toEqual([]);
    }
  });

  // Test plan, section 4: after the heal everything converges within the larger of 5 s and 20 mean delays. A link that loses half is worse than that.
  test.prop([network, messages])(
    'within 20 s and 40 mean delays of the last window everything has arrived',
    (plan, all) => {
      const { network } = worldOf({ network: plan });
      const windows = [...(plan.partitions ?? []), ...(plan.pauses ?? []), ...(plan.clogs ?? [])];
      const healed = defaultStart + Math.max(0, ...windows.map(({ untilMs }) => untilMs));
      const enough = 20_000 + 40 * (plan.meanDelayMs ?? plan.minDelayMs ?? 0);
      for (const message of all) {
        const [first = Number.POSITIVE_INFINITY] = network.deliveriesOf(message);
        expect(first).toBeLessThanOrEqual(Math.max(healed, message.at) + enough);
      }
    },
  );
});
