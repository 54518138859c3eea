// Many transcripts, one target: every result is kept.

import { describe, expect, test } from 'vitest';
import { playAll, type Replayed } from '../src/play-all.ts';
import { describeResult } from '../src/result.ts';
import type { Target, WireReply } from '../src/target.ts';
import { TargetError } from '../src/targets/target-error.ts';
import { filed } from './filed.ts';

const place = { account: '111122223333', callerArn: 'arn:me' };
const answering = (reply: () => WireReply): Target => ({ ...place, call: async () => reply() });
const good = answering(() => ({ status: 200, body: {} }));
const five = ['a/1', 'a/2', 'b/3', 'b/4', 'b/5'].map((path) => filed(path));
const words = (results: readonly Replayed[]): string[] =>
  results.map(({ path, result }) => `${path} ${describeResult(result)}`);

test('each is played, told and kept, in order', async () => {
  const told: string[] = [];
  const steps: string[] = [];
  const results = await playAll(five, () => good, {
    onResult: ({ path }) => told.push(path),
    onStep: ({ path }, { step }) => steps.push(`${path} ${step.id}`),
  });
  expect(words(results)).toEqual(five.map(({ path }) => `${path} passed`));
  expect(told).toEqual(five.map(({ path }) => path));
  expect(steps).toEqual(five.map(({ path }) => `${path} list`));
});

test('each target is closed, whatever happened', async () => {
  const closed: string[] = [];
  const open = (name: string): Target => ({
    ...answering(() => {
      throw new TargetError('html');
    }),
    close: async () => void closed.push(name),
  });
  await playAll(five, open);
  expect(closed).toEqual(five.map(({ path }) => path));
});

describe('a target that says nothing', () => {
  const silent = (reason: string): TargetError => new TargetError(reason, true);

  test('is left alone after three times, and the results before stay', async () => {
    let calls = 0;
    const dying = answering(() => {
      calls += 1;
      if (calls === 1) return { status: 200, body: {} };
      throw silent('down');
    });
    expect(words(await playAll(five, () => dying))).toEqual([
      'a/1 passed',
      'a/2 no answer at list (ListKeys): down',
      'b/3 no answer at list (ListKeys): down',
      'b/4 no answer at list (ListKeys): down',
      'b/5 no answer: not asked any more: down',
    ]);
    expect(calls).toBe(4);
  });

  test('is asked on when it has said something in between', async () => {
    let calls = 0;
    const flaky = answering(() => {
      calls += 1;
      if (calls % 2 === 0) return { status: 200, body: {} };
      throw silent('down');
    });
    const results = await playAll(five, () => flaky);
    expect(results.filter(({ result }) => result.outcome === 'passed')).toHaveLength(2);
    expect(calls).toBe(5);
  });

  test('is not opened for ever either', async () => {
    let opened = 0;
    const results = await playAll(five, () => {
      opened += 1;
      throw silent('nobody listens there');
    });
    expect(opened).toBe(3);
    expect(words(results)[4]).toBe('b/5 no answer: not asked any more: nobody listens there');
  });
});

test('a target that answers nonsense is asked to the end', async () => {
  const results = await playAll(five, () =>
    answering(() => {
      throw new TargetError('html');
    }),
  );
  expect(words(results)).toEqual(five.map(({ path }) => `${path} no answer at list (ListKeys): html`));
});

test('a run that is stopped keeps what it has', async () => {
  let left = 2;
  const results = await playAll(five, () => good, { stopped: () => left-- <= 0 });
  expect(words(results)).toEqual([
    'a/1 passed',
    'a/2 passed',
    ...['b/3', 'b/4', 'b/5'].map((path) => `${path} no answer: the run was stopped`),
  ]);
});

test('a known gap is a named skip, until it passes', async () => {
  const gaps = { 'a/1': 'no lists yet', 'a/2': 'fixed since' };
  const open = (name: string): Target =>
    name === 'a/1' ? answering(() => ({ status: 400, body: { __type: 'A' } })) : good;
  const results = await playAll(five.slice(0, 2), open, { gaps });
  expect(words(results)).toEqual(['a/1 skipped: known gap: no lists yet', 'a/2 passed']);
});

test('a defect of the replayer is no result', async () => {
  const open = (): Target => {
    throw new TypeError('a defect');
  };
  await expect(playAll(five, open)).rejects.toThrow('a defect');
});
