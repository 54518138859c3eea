// The throttler: its meters, what settings do to them, and its record.

import { pass } from '@kmsim/quota';
import { describe, expect, test } from 'vitest';
import { Throttler } from '../../src/quotas/throttler.ts';
import { Site } from '../../src/state/site.ts';
import { restoreSnapshot, takeSnapshot } from '../../src/state/snapshot.ts';
import { placeOfQuota } from '../../src/tables/request-quotas.ts';
import { TestEngine } from '../engine.ts';

const now = Date.UTC(2026, 0, 1);
const quota = 'CreateKey request rate';
const place = placeOfQuota(quota) ?? expect.fail('no such quota');
const hot = placeOfQuota('State changes of one KMS key request rate') ?? expect.fail('no such quota');
const home = new Site('111122223333', 'us-east-1');
const abroad = new Site('111122223333', 'eu-west-1');

test('is off until somebody wants it', () => {
  const throttler = new Throttler();
  expect([throttler.isOn, throttler.mode]).toEqual([false, 'off']);
  throttler.set({ mode: 'meter', limits: [] }, now);
  expect([throttler.isOn, throttler.mode]).toEqual([true, 'meter']);
});

test('has one meter for each account and Region, and for each key', () => {
  const throttler = new Throttler();
  expect(throttler.meter(place, home, now)).toBe(throttler.meter(place, home, now));
  expect(throttler.meter(place, home, now)).not.toBe(throttler.meter(place, abroad, now));
  expect(throttler.meterOf(hot, 'arn:a', home, now)).toBe(throttler.meterOf(hot, 'arn:a', home, now));
  expect(throttler.meterOf(hot, 'arn:a', home, now)).not.toBe(throttler.meterOf(hot, 'arn:b', home, now));
  expect([...throttler.meters()]).toHaveLength(4);
});

describe('another rate', () => {
  test('holds from now on; what was used up was at the old one', () => {
    const throttler = new Throttler();
    const meter = throttler.meter(place, home, now);
    for (let n = 0; n < 5; n++) pass(meter, now);
    throttler.set({ mode: 'enforce', limits: [{ quota, limit: 1 }] }, now + 800);
    // Four of the five have come back at five a second; from here on one a second does.
    expect(meter).toMatchObject({ perSecond: 1, burst: 1, used: 1, at: now + 800 });
    expect(pass(meter, now + 1_799)).toBe(1);
    expect(pass(meter, now + 1_800)).toBe(0);
  });

  test('is that of the account and Region', () => {
    const throttler = new Throttler();
    throttler.set({ mode: 'enforce', limits: [{ quota, limit: 9, region: 'eu-west-1' }] }, now);
    expect([home, abroad].map((site) => throttler.meter(place, site, now).perSecond)).toEqual([5, 9]);
    throttler.set({ mode: 'enforce', limits: [] }, now);
    expect([home, abroad].map((site) => throttler.meter(place, site, now).perSecond)).toEqual([5, 5]);
  });
});

test('a record through JSON makes the same throttler', () => {
  const throttler = new Throttler();
  throttler.set({ mode: 'enforce', limits: [{ quota, limit: 0.3 }] }, now);
  for (const site of [home, abroad]) for (let n = 0; n < 3; n++) pass(throttler.meter(place, site, now), now + n * 777);
  pass(throttler.meterOf(hot, 'arn:a', home, now), now);
  throttler.noteThing({ quota: 'AWS KMS keys', account: '111122223333', region: 'us-east-1', limit: 2, count: 3 });
  const record = throttler.record();
  const again = new Throttler();
  const sites = new Map([home, abroad].map((site) => [site.region, site]));
  again.restore(JSON.parse(JSON.stringify(record)), (_, region) => sites.get(region) ?? home);
  expect(again.record()).toEqual(record);
  expect(again.isOn).toBe(true);
  expect(pass(again.meter(place, home, now), now + 2_000)).toBe(pass(throttler.meter(place, home, now), now + 2_000));
});

test('a quota that there is no more is left out', () => {
  const throttler = new Throttler();
  const meter = { ...new Throttler().meter(place, home, now) };
  const gone = { quota: 'Rename request rate', account: '111122223333', region: 'us-east-1', meter };
  throttler.restore({ mode: 'meter', limits: [], meters: [gone], things: [] }, () => home);
  expect([...throttler.meters()]).toEqual([]);
});

test('an older snapshot, which has no quotas, opens and leaves them as they are', () => {
  const old = new TestEngine();
  old.createKey();
  Object.defineProperty(old.kms.throttler, 'record', { value: () => undefined });
  const snapshot = JSON.parse(JSON.stringify(takeSnapshot(old.kms))) as ReturnType<typeof takeSnapshot>;
  expect(snapshot.state).not.toHaveProperty('quotas');
  const engine = new TestEngine({ seed: 'kms test' });
  engine.kms.setQuotas({ mode: 'meter', limits: [] });
  expect(restoreSnapshot(engine.kms, snapshot)).toBeUndefined();
  expect(engine.kms.throttler.mode).toBe('meter');
});
