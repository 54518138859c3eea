// The clock as a person moves it.

import { describe, expect, test } from 'vitest';
import { createKmsim } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const start = new Date('2026-01-01T00:00:00Z');

describe('advance', () => {
  test.each([
    ['90 days', '2026-04-01T00:00:00.000Z'],
    ['1 hour 30 minutes', '2026-01-01T01:30:00.000Z'],
    ['P90D', '2026-04-01T00:00:00.000Z'],
    [1_500, '2026-01-01T00:00:01.500Z'],
    [0, '2026-01-01T00:00:00.000Z'],
  ])('%j', (duration, then) => {
    const sim = createKmsim({ seed: 1 });
    expect(sim.clock.advance(duration).toISOString()).toBe(then);
    expect(sim.clock.now().toISOString()).toBe(then);
  });

  test.each(['', 'soon', '-1 day', -1, Number.NaN, Number.POSITIVE_INFINITY, undefined, null, {}, [], 5n, new Date()])(
    '%o is no duration, and the clock stands',
    (duration) => {
      const sim = createKmsim({ seed: 1 });
      expect(kmsimErrorOf(() => sim.clock.advance(duration as string)).code).toBe('InvalidDuration');
      expect(sim.clock.now()).toEqual(start);
    },
  );

  test.each([
    ['1 month', /^"1 month" is no duration\. The units are ms, seconds, minutes, hours, days and weeks\. /],
    ['P1Y', /The units are/],
    ['-1 day', /^"-1 day" is no duration\. The clock never goes back: sim\.mark\(\) and sim\.rewind\(\) do\. /],
    [-1, /^-1 is no duration\. The clock never goes back/],
    ['soon', /^"soon" is no duration\. Write a duration/],
  ])('%j is refused with what can be said instead', (duration, message) => {
    expect(kmsimErrorOf(() => createKmsim({ seed: 1 }).clock.advance(duration)).message).toMatch(message);
  });

  test('does not leave the calendar, and the clock stands', () => {
    const sim = createKmsim({ seed: 1 });
    for (const far of [8e15, '100000000 weeks', '8000 weeks'.repeat(60)]) {
      expect(kmsimErrorOf(() => sim.clock.advance(far)).code).toMatch(/^Invalid(Instant|Duration)$/);
    }
    expect(sim.clock.now()).toEqual(start);
    expect(sim.clock.advanceTo('9999-12-31').toISOString()).toBe('9999-12-31T00:00:00.000Z');
  });
});

describe('advanceTo', () => {
  test.each(['2027-01-01T00:00:00Z', '2027-01-01', new Date('2027-01-01'), Date.UTC(2027, 0, 1)])('%j', (instant) => {
    const sim = createKmsim({ seed: 1 });
    expect(sim.clock.advanceTo(instant)).toEqual(new Date('2027-01-01T00:00:00Z'));
  });

  test('never goes back, and nothing is altered by the attempt', () => {
    const sim = createKmsim({ seed: 1, trace: 'inputs' });
    const before = [JSON.stringify(sim.snapshot()), sim.trace.text()];
    const error = kmsimErrorOf(() => sim.clock.advanceTo('2025-12-31'));
    expect(error).toMatchObject({
      code: 'InvalidInstant',
      problem: 'It is 2026-01-01T00:00:00.000Z already. The clock never goes back: sim.mark() and sim.rewind() do.',
    });
    expect([JSON.stringify(sim.snapshot()), sim.trace.text()]).toEqual(before);
    expect(sim.clock.advanceTo(start)).toEqual(start);
  });

  test.each(['', 'soon', '2026-02-30', Number.NaN, new Date(Number.NaN), undefined, null, {}, 5n, -1, 9e15])(
    '%o is no instant',
    (instant) => {
      const sim = createKmsim({ seed: 1 });
      expect(kmsimErrorOf(() => sim.clock.advanceTo(instant as string)).code).toBe('InvalidInstant');
    },
  );
});

test('the Date handed out is the caller’s own', () => {
  const sim = createKmsim({ seed: 1 });
  sim.clock.now().setFullYear(1999);
  expect(sim.clock.now()).toEqual(start);
});

test('everything due on the way happens, each at its own instant', async () => {
  const sim = createKmsim({ seed: 1 });
  const kms = sim.as();
  const make = async (days: number): Promise<string> => {
    const { KeyMetadata } = await kms.createKey();
    const KeyId = KeyMetadata?.KeyId ?? '';
    await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: days });
    return KeyId;
  };
  const [often, seldom] = [await make(90), await make(365)];
  const doomed = await make(200);
  await kms.scheduleKeyDeletion({ KeyId: doomed, PendingWindowInDays: 30 });
  sim.clock.advance('366 days');
  const dates = async (KeyId: string): Promise<(string | undefined)[]> =>
    ((await kms.listKeyRotations({ KeyId })).Rotations ?? []).map(({ RotationDate }) =>
      RotationDate?.toISOString().slice(0, 10),
    );
  expect(await dates(often)).toEqual(['2026-04-01', '2026-06-30', '2026-09-28', '2026-12-27']);
  expect(await dates(seldom)).toEqual(['2027-01-01']);
  await expect(kms.describeKey({ KeyId: doomed })).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('one long step and many short ones lead to the same place', async () => {
  const run = async (steps: number): Promise<string> => {
    const sim = createKmsim({ seed: 'steps' });
    const { KeyMetadata } = await sim.as().createKey();
    await sim.as().enableKeyRotation({ KeyId: KeyMetadata?.KeyId ?? '', RotationPeriodInDays: 100 });
    for (let n = 0; n < steps; n++) sim.clock.advance((720 / steps) * 86_400_000);
    return JSON.stringify(sim.snapshot());
  };
  expect(await run(48)).toBe(await run(1));
});

test('a live clock runs, and runs on where it was moved to', async () => {
  const sim = createKmsim();
  const before = Date.now();
  const moved = sim.clock.advance('30 days').getTime();
  expect(moved).toBeGreaterThanOrEqual(before + 30 * 86_400_000);
  await new Promise((resolve) => setTimeout(resolve, 15));
  expect(sim.clock.now().getTime()).toBeGreaterThan(moved);
});
