// What the documentation says, asked of kmsim: whatever is built has to agree with it.

import { operationShapes } from '@kmsim/kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkTranscript } from '../../src/check.ts';
import { documentedScenarios } from '../../src/documented/index.ts';
import { keyStates, stateTable } from '../../src/documented/key-states.ts';
import { probes } from '../../src/documented/probes.ts';
import { playAll, type Replayed } from '../../src/play-all.ts';
import { describeResult } from '../../src/result.ts';
import { inProcess } from '../../src/targets/doors.ts';

const scenarios = documentedScenarios();
let results: readonly Replayed[];
beforeAll(async () => {
  results = await playAll(scenarios, inProcess);
}, 60_000);

test('there are some of each theme, and none twice', () => {
  expect(new Set(scenarios.map(({ theme }) => theme))).toEqual(
    new Set(['operations', 'errors', 'key-specs', 'key-states']),
  );
  expect(new Set(scenarios.map(({ path }) => path)).size).toBe(scenarios.length);
});

test('each is a transcript that cites its page, and none is a recording', () => {
  for (const { path, transcript } of scenarios) {
    expect(() => checkTranscript(path, transcript)).not.toThrow();
    expect(transcript.source).toMatchObject({
      kind: 'documentation',
      cite: expect.stringContaining('https://docs.aws.amazon.com/'),
    });
  }
});

test('kmsim does what is documented, or says that it is not built', () => {
  const others = results.filter(({ result }) => result.outcome !== 'passed' && result.outcome !== 'not built');
  expect(others.map(({ path, result }) => `${path}: ${describeResult(result)}`)).toEqual([]);
  expect(results.filter(({ result }) => result.outcome === 'passed').length).toBeGreaterThan(150);
});

describe('the table of key states', () => {
  test('has a cell for each state', () => {
    for (const cells of Object.values(stateTable)) expect(cells.split(' ')).toHaveLength(keyStates.length);
  });

  test('is about operations that there are, each with a probe', () => {
    for (const operation of Object.keys(stateTable)) {
      expect(operationShapes).toHaveProperty(operation);
      expect(probes).toHaveProperty(operation);
    }
  });

  test('every state is asked about but the one that no page shows the way to', () => {
    const asked = new Set(scenarios.flatMap(({ path }) => /key-states\/\w+-(\w+)$/.exec(path)?.[1] ?? []));
    expect(keyStates.filter((state) => !asked.has(state))).toEqual(['Unavailable']);
  });
});
