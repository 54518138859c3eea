// An impossible plan: each problem with its path, its kind and what to change.

import { describe, expect, test } from 'vitest';
import { checkFaultPlan, type FaultVocabulary } from '../../src/faults/check-fault-plan.ts';
import type { FaultPlan } from '../../src/faults/fault-plan.ts';

const vocabulary: FaultVocabulary = {
  operations: ['Encrypt', 'ListKeys'],
  regions: ['us-east-1', 'eu-west-1'],
  faults: { KeyUnavailableException: ['Encrypt'], SlowAnswer: ['Encrypt', 'ListKeys'] },
  slow: ['SlowAnswer'],
};
const problems = (plan: unknown): string[] =>
  checkFaultPlan(plan, vocabulary).map(({ kind, path }) => `${path}: ${kind}`);

const window = { fromMs: 0, untilMs: 10 };

const possible: FaultPlan = {
  network: {
    minDelayMs: 10,
    meanDelayMs: 10.5,
    lossProbability: 0.95,
    duplicateProbability: 1,
    reorderProbability: 0.5,
    reorderMs: 100,
    resend: { afterMs: 1, factor: 1, maxMs: 1, attempts: 1 },
    links: [{ from: 'us-east-1', to: 'eu-west-1', lossProbability: 1 }],
    partitions: [
      { ...window, isolate: 'us-east-1' },
      { ...window, isolate: 'eu-west-1' },
      { fromMs: 10, untilMs: 11, isolate: 'us-east-1' },
      { ...window, halves: [['us-east-1'], ['eu-west-1']] },
      { ...window, oneWay: { from: 'us-east-1', to: 'eu-west-1' } },
    ],
    pauses: [
      { ...window, region: 'us-east-1' },
      { fromMs: 10, untilMs: 20, region: 'us-east-1' },
    ],
    clogs: [{ ...window, from: 'us-east-1', to: 'eu-west-1' }],
    clocks: [{ region: 'us-east-1', skewMs: -900_000, driftFraction: 0.01 }],
  },
  services: [
    { raise: 'KeyUnavailableException', operations: ['Encrypt'], keys: ['alias/a'], principals: ['arn'], count: 1 },
    { raise: 'KeyUnavailableException', regions: ['us-east-1'], probability: 0, fromMs: 0, untilMs: 5 },
    { raise: 'SlowAnswer', delayMs: 1_000 },
  ],
};

test('a plan that uses everything is possible, and so is none at all', () => {
  expect(checkFaultPlan(possible, vocabulary)).toEqual([]);
  expect(checkFaultPlan({}, vocabulary)).toEqual([]);
  expect(checkFaultPlan({ network: {}, services: [] })).toEqual([]);
});

test('without a vocabulary any name will do', () => {
  expect(checkFaultPlan({ services: [{ raise: 'x', operations: ['y'], regions: ['z'] }] })).toEqual([]);
});

describe('a value that cannot be', () => {
  test.each([
    ['minDelayMs', -1, 'out of range'],
    ['meanDelayMs', Number.NaN, 'wrong form'],
    ['meanDelayMs', Number.POSITIVE_INFINITY, 'out of range'],
    ['minDelayMs', 3_600_001, 'out of range'],
    ['lossProbability', 1.5, 'out of range'],
    ['lossProbability', -0.1, 'out of range'],
    ['lossProbability', '0.5', 'wrong form'],
    ['duplicateProbability', 2, 'out of range'],
    ['duplicateProbability', null, 'wrong form'],
    ['delayMs', 5, 'unknown member'],
    ['partitions', {}, 'wrong form'],
    ['resend', { afterMs: 1, factor: 1 }, undefined],
  ])('network.%s = %s', (member, value, kind) => {
    if (kind === undefined)
      expect(problems({ network: { [member]: value } })).toEqual(['network.resend.maxMs: wrong form']);
    else expect(problems({ network: { [member]: value } })).toEqual([`network.${member}: ${kind}`]);
  });

  test.each([
    [{ raise: 'Nonsense' }, 'raise: unknown name'],
    [{}, 'raise: unknown name'],
    [{ raise: 'SlowAnswer' }, 'delayMs: contradiction'],
    [{ raise: 'SlowAnswer', delayMs: -1 }, 'delayMs: out of range'],
    [{ raise: 'SlowAnswer', delayMs: 0.5 }, 'delayMs: wrong form'],
    [{ raise: 'KeyUnavailableException', operations: ['Encrpyt'] }, 'operations[0]: unknown name'],
    [{ raise: 'KeyUnavailableException', operations: ['Encrypt', 'ListKeys'] }, 'operations[1]: contradiction'],
    [{ raise: 'KeyUnavailableException', operations: [] }, 'operations: wrong form'],
    [{ raise: 'KeyUnavailableException', regions: ['eu-wset-1'] }, 'regions[0]: unknown name'],
    [{ raise: 'KeyUnavailableException', keys: [''] }, 'keys[0]: wrong form'],
    [{ raise: 'KeyUnavailableException', count: 0 }, 'count: out of range'],
    [{ raise: 'KeyUnavailableException', count: 1.5 }, 'count: wrong form'],
    [{ raise: 'KeyUnavailableException', probability: 1.01 }, 'probability: out of range'],
    [{ raise: 'KeyUnavailableException', fromMs: 5, untilMs: 5 }, 'untilMs: contradiction'],
    [{ raise: 'KeyUnavailableException', chance: 1 }, 'chance: unknown member'],
  ])('services: %j', (fault, expected) => {
    expect(problems({ services: [fault] })).toEqual([`services[0].${expected}`]);
  });

  test.each([[null], [7], ['plan'], [[]], [new Date(0)], [{ services: 1 }], [{ network: [] }]])(
    '%j is no plan',
    (plan) => {
      expect(problems(plan)).toHaveLength(1);
    },
  );

  test('a member that every object inherits is unknown here', () => {
    expect(problems(JSON.parse('{"network":{"constructor":1}}'))).toEqual(['network.constructor: unknown member']);
    expect(problems({ network: { toString: 1 } })).toEqual(['network.toString: unknown member']);
  });
});

describe('things that cannot both be', () => {
  const us = 'us-east-1';
  const eu = 'eu-west-1';
  test.each([
    [{ minDelayMs: 5, meanDelayMs: 4 }, 'meanDelayMs'],
    [{ lossProbability: 0.96 }, 'lossProbability'],
    [{ links: [{ from: us, to: eu, lossProbability: 1 }] }, 'links[0].lossProbability'],
    [{ links: [{ from: us, to: us }] }, 'links[0].to'],
    [
      {
        links: [
          { from: us, to: eu },
          { from: us, to: eu },
        ],
      },
      'links[1]',
    ],
    [{ partitions: [{ ...window }] }, 'partitions[0]'],
    [{ partitions: [{ ...window, isolate: us, oneWay: { from: us, to: eu } }] }, 'partitions[0]'],
    [{ partitions: [{ ...window, halves: [[us], [eu, us]] }] }, 'partitions[0].halves'],
    [{ partitions: [{ ...window, oneWay: { from: us, to: us } }] }, 'partitions[0].oneWay.to'],
    [{ partitions: [{ fromMs: 10, untilMs: 10, isolate: us }] }, 'partitions[0].untilMs'],
    [
      {
        partitions: [
          { ...window, isolate: us },
          { fromMs: 9, untilMs: 12, isolate: us },
        ],
      },
      'partitions[1]',
    ],
    [
      {
        pauses: [
          { ...window, region: us },
          { fromMs: 5, untilMs: 6, region: us },
        ],
      },
      'pauses[1]',
    ],
    [
      {
        clogs: [
          { ...window, from: us, to: eu },
          { ...window, from: us, to: eu },
        ],
      },
      'clogs[1]',
    ],
    [{ clocks: [{ region: us }, { region: us }] }, 'clocks[1]'],
  ])('%j', (network, path) => {
    expect(problems({ network })).toEqual([`network.${path}: contradiction`]);
  });
});

test('a name of many is not followed by all of them', () => {
  const regions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const [found] = checkFaultPlan({ services: [{ raise: 'x', regions: ['z'] }] }, { regions });
  expect(found?.change).toBe('Name a Region that exists: a, b, c, d, e, f and 2 more.');
});

test('a principal is one that can call, where that is known', () => {
  const plan = { services: [{ raise: 'x', principals: ['p', 'q', ''] }] };
  expect(checkFaultPlan(plan, { isPrincipal: (name) => name === 'p' }).map(({ path }) => path)).toEqual([
    'services[0].principals[1]',
    'services[0].principals[2]',
  ]);
});

test('all problems are told, each with what to change', () => {
  const found = checkFaultPlan({ network: { lossProbability: 2 }, services: [{ raise: 'x' }], extra: 1 }, vocabulary);
  expect(found).toEqual([
    { path: 'network.lossProbability', kind: 'out of range', change: 'Give a number (a probability), from 0 to 1.' },
    {
      path: 'services[0].raise',
      kind: 'unknown name',
      change: 'Name a fault that exists: KeyUnavailableException, SlowAnswer.',
    },
    { path: 'extra', kind: 'unknown member', change: 'Leave it out, or take one of network, services.' },
  ]);
});

test.each<[unknown, string, string]>([
  [{ clocks: [] }, 'clocks', 'clocks goes into network.'],
  [{ lossProbability: 0.1 }, 'lossProbability', 'lossProbability goes into network.'],
  [
    { services: [{ raise: 'KeyUnavailableException', operations: ['kms:Encrypt'] }] },
    'services[0].operations[0]',
    'Did you mean Encrypt?',
  ],
])('%j: what was meant is told', (plan, path, change) => {
  expect(checkFaultPlan(plan, vocabulary)).toMatchObject([{ path, change }]);
});
