// kmsimTest: a world of its own for each test, made as the options say.

import { describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../../src/index.ts';
import { kmsimTest } from '../../src/testing/vitest.ts';

const seen: Kmsim[] = [];

describe('each test', () => {
  kmsimTest('has a simulation and the operations of its administrator', async ({ kms, sim }) => {
    await kms.createKey();
    expect(sim).toHaveCalled('CreateKey', 1);
    expect(sim.seed).toBe(createKmsim({ seed: 'kmsim' }).seed);
    seen.push(sim);
  });

  kmsimTest('has another one, in which nothing has happened', ({ sim }) => {
    expect(sim.trail.events).toEqual([]);
    seen.push(sim);
  });

  test('and none of them is open afterwards', () => {
    expect(seen.map(({ closed }) => closed)).toEqual([true, true]);
    expect(seen[0]).not.toBe(seen[1]);
  });
});

const inIreland = kmsimTest.extend({ kmsimOptions: { region: 'eu-west-1', seed: 'ireland' } });

inIreland('options are a fixture', async ({ kms, sim }) => {
  expect(sim.region).toBe('eu-west-1');
  expect((await kms.createKey()).KeyMetadata?.Arn).toMatch(/^arn:aws:kms:eu-west-1:/);
});

describe('for a block of tests', () => {
  kmsimTest.override({ kmsimOptions: { account: '111122223333' } });

  kmsimTest('they are overridden', ({ sim }) => {
    expect(sim.account).toBe('111122223333');
  });
});

kmsimTest('and nowhere else', ({ sim }) => {
  expect(sim.account).toBe('000000000000');
});
