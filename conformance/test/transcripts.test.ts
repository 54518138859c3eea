// Every transcript, replayed against kmsim in this process. The list below is the whole difference to perfection: a
// transcript that is not in it must pass, one that is in it must stop for exactly the reason given.

import { beforeAll, describe, expect, test } from 'vitest';
import { loadTranscripts } from '../src/load.ts';
import { playAll } from '../src/play-all.ts';
import { describeResult, explainResult, type Result } from '../src/result.ts';
import { inProcess } from '../src/targets/doors.ts';

const notReplayed: Readonly<Record<string, readonly string[]>> = {
  'skipped: needs a service other than KMS': ['cloudformation/cfn-key-and-alias', 'cloudformation/cfn-key-disabled'],
  'skipped: never shown to have run against the real service': [
    'encryption/offline-encrypt-kms-decrypt-rsa-2048-oaep-sha-1',
    'encryption/offline-encrypt-kms-decrypt-rsa-2048-oaep-sha-256',
    'encryption/offline-encrypt-kms-decrypt-rsa-3072-oaep-sha-1',
    'encryption/offline-encrypt-kms-decrypt-rsa-4096-oaep-sha-1',
    'encryption/re-encrypt-wrong-destination-usage',
    'grants/retire-grant-by-id-and-key',
  ],
  'skipped: no longer true as recorded; an adjusted transcript stands beside it': ['rotation/rotate-on-demand-limit'],
  'skipped: the service has changed since': ['rotation/rotate-external-key-before-2025-06'],
};

const expected = new Map(Object.entries(notReplayed).flatMap(([reason, paths]) => paths.map((path) => [path, reason])));
const filed = loadTranscripts();
let results: ReadonlyMap<string, Result>;
let milliseconds = 0;

beforeAll(async () => {
  const before = process.cpuUsage();
  results = new Map((await playAll(filed, inProcess)).map(({ path, result }) => [path, result]));
  const { system, user } = process.cpuUsage(before);
  milliseconds = (system + user) / 1000;
});

describe.each(filed)('$path', ({ path }) => {
  const reason = expected.get(path) ?? 'passed';

  test(reason, () => {
    const result = results.get(path) as Result;
    expect([describeResult(result), ...explainResult(result)].join('\n')).toBe(reason);
  });
});

test('the list names transcripts that exist, each once', () => {
  const named = Object.values(notReplayed).flat();
  expect(named.filter((path) => !filed.some((one) => one.path === path))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});

// Of the processor, not of the wall: other work on the machine is no fault of the engine.
test('all of them take less than five seconds', () => {
  expect(milliseconds).toBeLessThan(5000);
});
