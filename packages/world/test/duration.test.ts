// What is read as a duration or an instant, and what is not.

import { describe, expect, test } from 'vitest';
import { parseDuration, parseInstant } from '../src/duration.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('parseDuration', () => {
  test.each<[string | number, number]>([
    ['365 days', 365 * day],
    ['1 day', day],
    ['90days', 90 * day],
    ['1 hour 30 minutes', 90 * minute],
    ['1 hour, 30 minutes', 90 * minute],
    ['2h 5min 7s 9ms', 2 * hour + 5 * minute + 7 * second + 9],
    ['1.5 HOURS', 90 * minute],
    ['  3 weeks  ', 21 * day],
    ['0 seconds', 0],
    ['0.4 ms', 0],
    ['0.6 ms', 1],
    ['P90D', 90 * day],
    ['P2W', 14 * day],
    ['PT15M', 15 * minute],
    ['P1DT2H3M4.5S', day + 2 * hour + 3 * minute + 4.5 * second],
    [' P1D ', day],
    [0, 0],
    [1_500, 1_500],
    [1.6, 2],
    ['100000000 days', 8.64e15],
    [8.64e15, 8.64e15],
  ])('%j is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each<[string | number]>([
    [''],
    ['   '],
    ['soon'],
    ['days'],
    ['90'],
    ['-1 day'],
    ['1 day and a bit'],
    ['1 fortnight'],
    ['1 month'],
    ['1 year'],
    ['5 m'],
    ['1e3 ms'],
    [', 1 day'],
    // Names every JavaScript object has are no units.
    ['1 constructor'],
    ['P'],
    ['PT'],
    ['P1DT'],
    // Years and months have no fixed length.
    ['P1Y'],
    ['P3M'],
    ['P-1D'],
    ['P1D2'],
    ['p1d'],
    ['100000001 days'],
    [-1],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [8.64e15 + 1],
    [1e300],
    // From JavaScript, where no type holds.
    [null as unknown as string],
    [{} as unknown as string],
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('parseInstant', () => {
  const newYear = Date.UTC(2026, 0, 1);

  test.each<[string | number | Date, number]>([
    ['2026-01-01', newYear],
    ['2026-01-01T00:00', newYear],
    ['2026-01-01T00:00:00', newYear],
    ['2026-01-01T00:00:00Z', newYear],
    ['2026-01-01T00:00:00.250Z', newYear + 250],
    ['2026-01-01T01:00+01:00', newYear],
    ['2025-12-31T19:00:00-05:00', newYear],
    ['2025-12-31T24:00Z', newYear],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    [newYear, newYear],
    [-1, -1],
    [1.5, 2],
    [new Date(newYear), newYear],
  ])('%j is an instant', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test('text without an offset is UTC, not the zone of the machine', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'America/New_York';
    try {
      expect(new Date(newYear).getHours()).toBe(19);
      expect(parseInstant('2026-01-01T00:00')).toBe(newYear);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  test.each<[string | number | Date]>([
    [''],
    ['tomorrow'],
    ['12:00'],
    ['2026'],
    ['2026-01'],
    ['2026-1-1'],
    ['1 January 2026'],
    ['2026-01-01 00:00'],
    [' 2026-01-01'],
    ['2026-13-01'],
    ['2026-01-32'],
    // Date.parse rolls these over into March and May.
    ['2026-02-30'],
    ['2025-02-29'],
    ['2026-02-30T00:00:00Z'],
    ['2026-04-31T10:00+02:00'],
    ['2026-01-01T25:00Z'],
    ['2026-01-01T00:61Z'],
    ['2026-01-01Z'],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [8.64e15 + 1],
    [new Date(Number.NaN)],
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
