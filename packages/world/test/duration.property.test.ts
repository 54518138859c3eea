// Every way to write the same duration or instant reads the same.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseDuration, parseInstant } from '../src/duration.ts';

const parts = fc.record({
  days: fc.nat(10_000),
  hours: fc.nat(1_000),
  minutes: fc.nat(1_000),
  seconds: fc.nat(1_000),
});

test.prop([parts])('ISO 8601, words and milliseconds agree', ({ days, hours, minutes, seconds }) => {
  const milliseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
  expect(parseDuration(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(milliseconds);
  expect(parseDuration(`${days} days ${hours} hours ${minutes} minutes ${seconds} seconds`)).toBe(milliseconds);
  expect(parseDuration(`${seconds}s,${minutes}min,${hours}h,${days}d`)).toBe(milliseconds);
  expect(parseDuration(milliseconds)).toBe(milliseconds);
});

test.prop([fc.oneof(fc.string(), fc.double())])(
  'any input gives whole milliseconds from zero up, or undefined',
  (input) => {
    const milliseconds = parseDuration(input);
    if (milliseconds === undefined) return;
    expect(Number.isSafeInteger(milliseconds)).toBe(true);
    expect(milliseconds).toBeGreaterThanOrEqual(0);
  },
);

test.prop([
  fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
])('an instant reads back from its ISO text, its number and its Date', (date) => {
  expect(parseInstant(date.toISOString())).toBe(date.getTime());
  expect(parseInstant(date.toISOString().slice(0, 23))).toBe(date.getTime());
  expect(parseInstant(date.getTime())).toBe(date.getTime());
  expect(parseInstant(date)).toBe(date.getTime());
  expect(parseInstant(date.toISOString().slice(0, 10))).toBe(Math.floor(date.getTime() / 86_400_000) * 86_400_000);
});
