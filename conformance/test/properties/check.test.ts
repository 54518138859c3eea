// checkConformance: what it prints can be run again, and it asks only what the target can do.

import { beforeEach, describe, expect, test } from 'vitest';
import { checkTranscript } from '../../src/check.ts';
import { modelled } from '../../src/model/index.ts';
import { checkConformance, checkRuns, describeRuns } from '../../src/properties/check.ts';
import { simulated } from '../../src/properties/simulated.ts';
import { replay } from '../../src/replay.ts';
import type { Target, WireRequest } from '../../src/target.ts';
import { doors } from '../../src/targets/doors.ts';
import { mutants } from './mutants.ts';

const world = { seed: 'check' };
const size = { seed: 5, runs: 40, commands: 60 };

describe('a difference', () => {
  const broken = (): Target =>
    (mutants.find(({ name }) => name === 'the context is ignored') as (typeof mutants)[0]).breaks(simulated(world));

  test('is found again by its seed and path, at once and as short', async () => {
    const { failure } = await checkConformance(broken, { seed: 1, runs: 300 });
    const [, seed, path] = /^REPRO seed=(\S+) path=(\S+) test=model$/.exec(String(failure?.repro)) ?? [];
    const again = await checkConformance(broken, { seed: Number(seed), path: String(path), runs: 300 });
    expect(again.failure?.message).toBe(failure?.message);
    expect(again.failure?.transcript).toEqual(failure?.transcript);
    expect(again.runs).toBe(1);
  });

  test('is printed as one line to run it again, one line that says it, and a transcript', async () => {
    const [repro, message, ...text] = describeRuns(await checkConformance(broken, { seed: 1, runs: 300, test: 'T1' }));
    expect(repro).toMatch(/^REPRO seed=1 path=\S+ test=T1$/);
    expect(message).toContain('Decrypt: expected InvalidCiphertextException: no message, got success');
    const transcript = checkTranscript('printed', JSON.parse(text.join('\n')));
    expect(transcript.steps.map((step) => ('op' in step ? step.op : 'wait'))).toEqual([
      'CreateKey',
      'Encrypt',
      'Decrypt',
    ]);
    expect(await replay(transcript, broken())).toMatchObject({ outcome: 'failed', step: 's3' });
  });

  test('that is an exception of the target is told with its cause', async () => {
    const defect = new Error('a defect');
    const target = { ...simulated(world), call: () => Promise.reject(defect) };
    const { failure } = await checkConformance(() => target, size);
    expect(failure).toMatchObject({ message: 'Error: a defect', transcript: undefined, cause: defect });
  });
});

describe('what a target cannot do', () => {
  let asked: WireRequest[];
  let waited: number[];

  beforeEach(() => {
    asked = [];
    waited = [];
  });

  function listening(target: Target): Target {
    return {
      ...target,
      call: (request) => {
        asked.push(request);
        return target.call(request);
      },
      advance: (milliseconds) => {
        waited.push(milliseconds);
        return target.advance?.(milliseconds);
      },
    };
  }

  test('operations, the clock and other callers are left out by name', async () => {
    const without = ['clock', 'principals', 'Decrypt', 'RotateKeyOnDemand'];
    const report = await checkConformance(() => listening(simulated(world)), { ...size, without });
    expect(report.failure).toBeUndefined();
    expect(waited).toEqual([]);
    expect(new Set(asked.map(({ as }) => as))).toEqual(new Set([undefined]));
    const operations = new Set(asked.map(({ operation }) => operation));
    expect([...operations].filter((operation) => without.includes(operation))).toEqual([]);
    expect(operations.size).toBe(modelled.length - 2);
  });

  test('the clock of a target that has one of its own is not moved', async () => {
    const withOwnClock = (): Target => {
      const { clockStandsStill: _, ...target } = simulated(world);
      return listening(target);
    };
    const report = await checkConformance(withOwnClock, size);
    expect(report.failure).toBeUndefined();
    expect(waited).toEqual([]);
  });

  test.each([
    ['HTTP 501', { status: 501, body: { __type: 'NotImplemented' } }],
    ['UnknownOperationException', { status: 400, body: { __type: 'UnknownOperationException' } }],
  ])('operations it says it does not know do not count: %s', async (_, unknown) => {
    const partial = (): Target => {
      const target = simulated(world);
      return {
        ...target,
        call: (request) => (/Alias|Tag/.test(request.operation) ? Promise.resolve(unknown) : target.call(request)),
      };
    };
    const report = await checkConformance(partial, size);
    expect(report.failure).toBeUndefined();
    expect(report.unsupported).toEqual(modelled.filter((operation) => /Alias|Tag/.test(operation)));
    expect(describeRuns(report)[0]).toMatch(/^\d+ commands in 40 runs, no difference; not built there: CreateAlias, /);
  });
});

describe('a target that remembers', () => {
  const remembering = (): (() => Target) => {
    const target = simulated(world);
    let runs = 0;
    return () => {
      runs += 1;
      return { ...target, run: String(runs) };
    };
  };

  test('is checked when it is said to be shared', async () => {
    const { failure } = await checkConformance(remembering(), { ...size, shared: true });
    expect(failure).toBeUndefined();
  });

  test('differs otherwise', async () => {
    const { failure } = await checkConformance(remembering(), size);
    expect(failure?.message).toMatch(/^List/);
  });
});

test('over HTTP', async () => {
  const report = await checkConformance(doors['http-door'], { seed: 7, runs: 5, commands: 40 });
  expect(report.failure).toBeUndefined();
  expect(report.commands).toBeGreaterThan(20);
});

test('watchers of one own, without the model', async () => {
  const watcher = { after: () => ({ path: 'x', expected: 'nothing', got: 'something' }) };
  const { failure } = await checkRuns(
    () => simulated(world),
    () => [watcher],
    { ...size, test: 'mine' },
  );
  expect(failure?.message).toMatch(/: x: expected nothing, got something$/);
  expect(failure?.transcript?.steps).toHaveLength(1);
});
