// Laws of costs: whatever a run was like.

import { fc, test } from '@fast-check/vitest';
import type { CloudTrailRecord } from '@kmsim/kms';
import { expect } from 'vitest';
import { costOf } from '../../src/cost/cost.ts';
import { account, created, event, inventory, keyArn, serviceEvent } from '../trail-records.ts';

const HOUR = 3_600_000;
const begin = Date.parse('2026-01-01T00:00:00Z');
const end = Date.parse('2026-07-01T00:00:00Z');
const hour = fc.integer({ min: 0, max: (end - begin) / HOUR });
const timeOf = (hours: number): string => new Date(begin + hours * HOUR).toISOString();

/** Lives of keys: created, perhaps rotated, used, scheduled to be deleted. */
const runs: fc.Arbitrary<readonly CloudTrailRecord[]> = fc
  .array(fc.record({ hours: fc.array(hour, { minLength: 1, maxLength: 6 }), isDeleted: fc.boolean() }), {
    maxLength: 6,
  })
  .map((lives) =>
    lives
      .flatMap(({ hours, isDeleted }, at) => {
        const key = keyArn(at);
        const [first = 0, ...others] = [...hours].sort((a, b) => a - b);
        const last = others.length > 0 && isDeleted ? others.pop() : undefined;
        const tags = { tags: [{ tagKey: 'team', tagValue: `team-${at % 2}` }] };
        return [
          created(key, timeOf(first), 'SYMMETRIC_DEFAULT', tags),
          ...others.flatMap((one) => [
            serviceEvent('RotateKey', timeOf(one), key),
            event('Sign', timeOf(one), { keys: [key], requestParameters: { signingAlgorithm: 'ECDSA_SHA_256' } }),
          ]),
          ...(last === undefined ? [] : [event('ScheduleKeyDeletion', timeOf(last), { keys: [key] })]),
        ];
      })
      .sort((a, b) => (a.eventTime < b.eventTime ? -1 : 1)),
  );

function cost(events: readonly CloudTrailRecord[], from: string, until: string) {
  return costOf({ events, inventory: inventory(new Date(end).toISOString()) }, account, { from, until });
}

test.prop([runs, hour])('keys cost in two times what they cost in the whole', (events, middle) => {
  const keys = (from: string, until: string) =>
    cost(events, from, until)
      .months.flatMap(({ lines }) => lines)
      .reduce((sum, { amount = 0, unit }) => (unit === 'key-months' ? sum + amount : sum), 0);
  const [first, last] = [timeOf(0), timeOf((end - begin) / HOUR)];
  expect(keys(first, timeOf(middle)) + keys(timeOf(middle), last)).toBeCloseTo(keys(first, last), 8);
});

test.prop([runs])('no key costs more than three dollars a month', (events) => {
  const keys = new Set(events.flatMap(({ resources = [] }) => resources.map(({ ARN }) => ARN))).size;
  for (const { lines } of cost(events, timeOf(0), new Date(end).toISOString()).months) {
    const stored = lines.reduce((sum, { amount = 0, unit }) => (unit === 'key-months' ? sum + amount : sum), 0);
    expect(stored).toBeLessThanOrEqual(3 * keys + 1e-9);
  }
});

test.prop([runs])('what is divided by a tag adds up to the whole', (events) => {
  const report = cost(events, timeOf(0), new Date(end).toISOString());
  const sum = report.byTag('team').reduce((all, { amount }) => all + amount, 0);
  expect(sum).toBeCloseTo(report.total, 8);
  expect(report.months.reduce((all, { total }) => all + total, 0)).toBeCloseTo(report.total, 8);
});
