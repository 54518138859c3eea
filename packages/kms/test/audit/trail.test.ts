// The ring: the newest events, in order, and how many are gone.

import { expect, test } from 'vitest';
import { Trail } from '../../src/audit/trail.ts';
import { admin, caller, TestEngine } from '../engine.ts';

const nobody = caller('arn:aws:iam::111122223333:role/Nobody');

function tagged(engine: TestEngine, from: number, to: number): void {
  for (let at = from; at < to; at++) engine.call('ListAliases', { Limit: at + 1 });
}

function limitsOf(trail: Trail | undefined): unknown[] {
  return (trail?.records() ?? []).map(({ requestParameters }) => requestParameters?.['limit']);
}

test('keeps the newest, the oldest first, and counts what is gone', () => {
  for (const keep of [1, 2, 3, 7]) {
    const engine = new TestEngine({ keep });
    const { trail } = engine.kms;
    for (let calls = 1; calls <= 10; calls++) {
      tagged(engine, calls - 1, calls);
      const kept = Math.min(calls, keep);
      expect(limitsOf(trail)).toEqual(Array.from({ length: kept }, (_, at) => calls - kept + at + 1));
      expect([trail?.noted, trail?.dropped]).toEqual([calls, calls - kept]);
    }
  }
});

test('the same list until something happens, and one that nobody can change', () => {
  const engine = new TestEngine({ keep: 5 });
  tagged(engine, 0, 3);
  const events = engine.kms.trail?.records();
  expect(engine.kms.trail?.records()).toBe(events);
  expect(Object.isFrozen(events)).toBe(true);
  tagged(engine, 3, 4);
  expect(engine.kms.trail?.records()).not.toBe(events);
  expect(events).toHaveLength(3);
});

test('goes on from another one, and neither knows of the other', () => {
  const engine = new TestEngine({ keep: 3 });
  tagged(engine, 0, 5);
  const { trail, world } = engine.kms;
  const copy = new Trail({ world, past: trail });
  expect(copy.records()).toEqual(trail?.records());
  expect([copy.keep, copy.noted, copy.dropped]).toEqual([3, 5, 2]);
  tagged(engine, 5, 6);
  expect(limitsOf(copy)).toEqual([3, 4, 5]);
  expect(limitsOf(trail)).toEqual([4, 5, 6]);
});

test('may be shorter than the one it goes on from', () => {
  const engine = new TestEngine({ keep: 5 });
  tagged(engine, 0, 5);
  const { trail, world } = engine.kms;
  const copy = new Trail({ world, past: trail, keep: 2 });
  expect(limitsOf(copy)).toEqual([4, 5]);
  expect(copy.dropped).toBe(3);
});

test('forgets on request; what comes later counts anew in the list', () => {
  const engine = new TestEngine({ keep: 3 });
  tagged(engine, 0, 5);
  engine.kms.trail?.clear();
  expect(limitsOf(engine.kms.trail)).toEqual([]);
  expect(engine.kms.trail?.dropped).toBe(0);
  tagged(engine, 5, 9);
  expect(limitsOf(engine.kms.trail)).toEqual([7, 8, 9]);
});

test('tells listeners of every event before the caller has the answer, also when it keeps none', () => {
  const engine = new TestEngine({ keep: 0 });
  const heard: string[] = [];
  engine.kms.trail?.listeners.add((records) => heard.push(...records.map(({ eventName }) => eventName)));
  engine.call('ListKeys', {}, admin);
  expect(heard).toEqual(['ListKeys']);
  expect(engine.kms.trail?.records()).toEqual([]);
  expect(engine.kms.trail?.dropped).toBe(1);
});

test('knows why the newest hundred calls were denied, by their request ids', () => {
  const engine = new TestEngine({ keep: 1 });
  const { trail } = engine.kms;
  const denied = (): void => expect(() => engine.call('ListKeys', {}, nobody)).toThrow('is not authorized');
  denied();
  engine.call('ListKeys', {}, admin);
  const [, first] = [...(trail?.decisions() ?? [])][0] ?? [];
  expect(trail?.decisions().size).toBe(1);
  expect(first).toMatchObject({ outcome: 'ImplicitDeny', reason: 'no identity policy statement allows it' });
  denied();
  const { requestID } = trail?.records()[0] ?? {};
  expect(trail?.decisions().get(requestID ?? '')?.request.action).toBe('kms:ListKeys');
  const copy = new Trail({ world: engine.kms.world, past: trail });
  for (let call = 0; call < 100; call++) denied();
  expect(trail?.decisions().size).toBe(100);
  expect([...(trail?.decisions().values() ?? [])]).not.toContain(first);
  expect(copy.decisions().size).toBe(2);
  trail?.clear();
  expect(trail?.decisions().size).toBe(0);
});
