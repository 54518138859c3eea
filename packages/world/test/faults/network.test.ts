// The network in numbers: how often it loses and repeats, exactly where and when a partition stands, and what a Region's clock says.

import { describe, expect, test } from 'vitest';
import type { NetworkPlan, PartitionPlan, ResendPlan } from '../../src/faults/fault-plan.ts';
import type { Network } from '../../src/faults/network.ts';
import { simulatedWorld } from '../../src/world.ts';

function networkOf(network: NetworkPlan, seed = 'frequencies'): Network {
  const made = simulatedWorld({ seed, start: 0, faults: { network } }).faults?.network;
  if (made === undefined) throw new Error('no network');
  return made;
}

const once: ResendPlan = { afterMs: 1, factor: 1, maxMs: 1, attempts: 1 };
const times = 4_000;

function frequencies(plan: NetworkPlan): { lost: number; twice: number; mean: number } {
  const network = networkOf({ resend: once, ...plan });
  const all = Array.from({ length: times }, () => network.deliveriesOf({ from: 'a', to: 'b', at: 0 }));
  const delays = all.flat();
  return {
    lost: all.filter(({ length }) => length === 0).length / times,
    twice: all.filter(({ length }) => length === 2).length / times,
    mean: delays.reduce((sum, at) => sum + at, 0) / Math.max(1, delays.length),
  };
}

test('without a fault a message arrives once, at the instant it was sent', () => {
  expect(networkOf({}).deliveriesOf({ from: 'a', to: 'b', at: 5 })).toEqual([5]);
});

describe('as often as the plan says', () => {
  test('messages are lost', () => {
    expect(frequencies({ lossProbability: 0.3 }).lost).toBeCloseTo(0.3, 1);
    expect(frequencies({ lossProbability: 1 }).lost).toBe(1);
    expect(frequencies({}).lost).toBe(0);
  });

  test('they come twice', () => {
    expect(frequencies({ duplicateProbability: 0.2 }).twice).toBeCloseTo(0.2, 1);
    expect(frequencies({ duplicateProbability: 1 }).twice).toBe(1);
  });

  test('delays have their minimum and their mean', () => {
    const { mean } = frequencies({ minDelayMs: 30, meanDelayMs: 200 });
    expect(mean).toBeGreaterThan(185);
    expect(mean).toBeLessThan(215);
    expect(frequencies({ minDelayMs: 30 }).mean).toBe(30);
  });

  test('later ones overtake those that are held back', () => {
    const network = networkOf({ resend: once, minDelayMs: 10, reorderProbability: 0.5, reorderMs: 1_000 });
    const arrivals = Array.from({ length: 200 }, (_, at) => network.deliveriesOf({ from: 'a', to: 'b', at })[0] ?? 0);
    const overtaken = arrivals.filter((arrival, at) => arrivals.slice(at + 1).some((later) => later < arrival));
    expect(overtaken.length).toBeGreaterThan(40);
    expect(overtaken.length).toBeLessThan(160);
  });
});

describe('a partition', () => {
  const regions = ['a', 'b', 'c'];
  const blocked = (partition: Partial<PartitionPlan>, at: number): string[] => {
    const partitions = [{ fromMs: 1_000, untilMs: 2_000, ...partition }] as PartitionPlan[];
    const network = networkOf({ resend: once, partitions });
    return regions
      .flatMap((from) => regions.filter((to) => to !== from).map((to) => ({ from, to })))
      .filter((link) => network.deliveriesOf({ ...link, at }).length === 0)
      .map(({ from, to }) => from + to);
  };

  test.each([
    [{ isolate: 'a' }, ['ab', 'ac', 'ba', 'ca']],
    [{ halves: [['a', 'b'], ['c']] }, ['ac', 'bc', 'ca', 'cb']],
    [{ halves: [['a'], ['c']] }, ['ac', 'ca']],
    [{ oneWay: { from: 'a', to: 'b' } }, ['ab']],
  ] as const)('%j blocks exactly its links, exactly in its window', (partition, links) => {
    for (const at of [1_000, 1_999]) expect(blocked(partition as Partial<PartitionPlan>, at)).toEqual(links);
    for (const at of [0, 999, 2_000]) expect(blocked(partition as Partial<PartitionPlan>, at)).toEqual([]);
  });

  test('loses what is under way when it begins', () => {
    const network = networkOf({
      resend: once,
      minDelayMs: 10,
      partitions: [{ fromMs: 100, untilMs: 200, isolate: 'a' }],
    });
    expect([89, 90].map((at) => network.deliveriesOf({ from: 'a', to: 'b', at }))).toEqual([[99], []]);
  });

  test('of ten years ends with the next repetition, and costs no more than a short one', () => {
    const untilMs = 315_576_000_000;
    const network = networkOf({ partitions: [{ fromMs: 0, untilMs, isolate: 'a' }] });
    const [first = 0, ...more] = network.deliveriesOf({ from: 'a', to: 'b', at: 17 });
    expect([first >= untilMs && first < untilMs + 400, more]).toEqual([true, []]);
  });

  test('on the way back makes a message come again, and not for ever', () => {
    const network = networkOf({
      partitions: [{ fromMs: 0, untilMs: 315_576_000_000, oneWay: { from: 'b', to: 'a' } }],
    });
    const deliveries = network.deliveriesOf({ from: 'a', to: 'b', at: 0 });
    expect(deliveries.slice(0, 4)).toEqual([0, 200, 600, 1_000]);
    expect(deliveries.length).toBe(8);
  });
});

test('a sender that gives up has sent so often', () => {
  const resend = { afterMs: 100, factor: 2, maxMs: 1_000, attempts: 3 };
  const open = (untilMs: number): readonly number[] =>
    networkOf({ resend, partitions: [{ fromMs: 0, untilMs, isolate: 'a' }] }).deliveriesOf({
      from: 'a',
      to: 'b',
      at: 0,
    });
  expect([open(100), open(300), open(301)]).toEqual([[100], [300], []]);
});

test('a link of its own has its own quality, in its own direction', () => {
  const network = networkOf({ minDelayMs: 5, links: [{ from: 'a', to: 'b', minDelayMs: 50 }] });
  expect(network.deliveriesOf({ from: 'a', to: 'b', at: 0 })).toEqual([50]);
  expect(network.deliveriesOf({ from: 'b', to: 'a', at: 0 })[0]).toBe(5);
});

test('a paused Region sends and takes in when it goes on; a clogged link lets go when it is free', () => {
  const network = networkOf({
    resend: once,
    minDelayMs: 10,
    pauses: [{ region: 'a', fromMs: 100, untilMs: 200 }],
    clogs: [{ from: 'b', to: 'c', fromMs: 100, untilMs: 150 }],
  });
  expect(network.deliveriesOf({ from: 'a', to: 'b', at: 150 })).toEqual([210]);
  expect(network.deliveriesOf({ from: 'b', to: 'a', at: 95 })).toEqual([200]);
  expect(network.deliveriesOf({ from: 'b', to: 'c', at: 95 })).toEqual([150]);
  expect(network.deliveriesOf({ from: 'c', to: 'b', at: 95 })).toEqual([105]);
});

test('the pause that a Region makes, from its first instant up to its end', () => {
  const network = networkOf({
    pauses: [
      { region: 'b', fromMs: 100, untilMs: 200 },
      { region: 'a', fromMs: 100, untilMs: 200 },
    ],
  });
  expect([99, 100, 199, 200].map((at) => network.pauseOf('a', at))).toEqual([undefined, 1, 1, undefined]);
  expect(network.pauseOf('c', 150)).toBeUndefined();
  expect(networkOf({}).pauseOf('a', 150)).toBeUndefined();
});

test('a stream that is given is drawn from, and the link’s own is not', () => {
  const world = simulatedWorld({ seed: 'given', start: 0, faults: { network: { meanDelayMs: 500 } } });
  const network = world.faults?.network;
  const given = network?.deliveriesOf({ from: 'a', to: 'b', at: 0, stream: world.cursor('given').take() });
  const own = network?.deliveriesOf({ from: 'a', to: 'b', at: 0 });
  const fresh = simulatedWorld({ seed: 'given', start: 0, faults: { network: { meanDelayMs: 500 } } });
  expect(fresh.faults?.network?.deliveriesOf({ from: 'a', to: 'b', at: 0 })).toEqual(own);
  expect(given).not.toEqual(own);
});
