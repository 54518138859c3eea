// Two runs against each other: what became slower, beyond what two runs of the same code differ by.
//
// Times of two runs cannot be compared as they are: the machine was not equally quick. So a row that has a floor is compared by its ratio to
// that floor, measured beside it, and any other row by its time in pieces of the machine's floor (yardstick.ts), measured in the same process.

import type { Answer, Run } from './saved-run.ts';
import type { Figure, Row, Unit } from './suite.ts';

export type Verdict = 'slower' | 'quicker' | 'same';

export interface Change {
  readonly suite: string;
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly before: Figure;
  readonly after: Figure;
  /** How many times what it was it costs now: above 1 is worse, whatever the column counts. */
  readonly cost: number;
  readonly verdict: Verdict;
  /** Times, in pieces of the machine's floor. */
  readonly calibrated: boolean;
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** `suite / table / row` that only one of the runs has. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
  /** `suite / table / row / column` of which one of the runs has no number. */
  readonly unknown: readonly string[];
}

/** What `--fail-on-slower` fails for: also for what nobody can tell. */
export function isWorse({ changes, unknown }: Comparison): boolean {
  return changes.length === 0 || unknown.length > 0 || changes.some(({ verdict }) => verdict === 'slower');
}

/** Less than this is never called a change: what two runs of the same code on an idle machine differ by. */
export const defaultNoise = 0.1;

interface Range {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** `noise`: a share, such as 0.1. Slower is what costs more than that much more and whose quartiles do not meet those of before. */
export function compareRuns(before: Run, after: Run, noise: number = defaultNoise): Comparison {
  const changes: Change[] = [];
  const unknown: string[] = [];
  const [old, now] = [rowsOf(before, after), rowsOf(after, before)];
  for (const [path, { answer, row, table }] of now) {
    const was = old.get(path);
    if (was === undefined) continue;
    for (const column of judged(row)) {
      const [a, b] = [was.row.figures[column], row.figures[column]];
      if (a === undefined || b === undefined) continue;
      const calibrated = isTime(b.unit) && was.answer.yardstick !== undefined && answer.yardstick !== undefined;
      const figures = calibrated ? [a, b, was.answer.yardstick, answer.yardstick] : [a, b];
      if (!figures.every(isNumber)) {
        unknown.push([path, column].join(' / '));
        continue;
      }
      const cost = costOf(
        rangeOf(a, calibrated ? was.answer.yardstick : undefined),
        rangeOf(b, calibrated ? answer.yardstick : undefined),
        b.unit,
      );
      const verdict = verdictOf(cost, noise, hasSpread(a) && hasSpread(b), b.unit);
      changes.push({
        suite: answer.name,
        table,
        row: row.name,
        column,
        before: a,
        after: b,
        cost: cost.mid,
        verdict,
        calibrated,
      });
    }
  }
  const only = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] =>
    [...one.keys()].filter((path) => !other.has(path));
  return { changes, gone: only(old, now), added: only(now, old), unknown };
}

interface Place {
  readonly answer: Answer;
  readonly table: string;
  readonly row: Row;
}

// Of the suites that both have: a run of one suite is compared with a run of all.
function rowsOf({ suites }: Run, other: Run): ReadonlyMap<string, Place> {
  const places = suites
    .filter(({ name }) => other.suites.some((suite) => suite.name === name))
    .flatMap((answer) =>
      answer.tables.flatMap(({ rows, title: table }) => rows.map((row) => ({ answer, table, row }))),
    );
  return new Map(places.map((place) => [[place.answer.name, place.table, place.row.name].join(' / '), place]));
}

/** The columns that speak for a row: its ratio to a floor, else its times, else how many a second; and its bytes. */
function judged({ figures }: Row): readonly string[] {
  const columns = Object.entries(figures);
  const named = (is: (figure: Figure) => boolean): string[] =>
    columns.filter(([, one]) => is(one)).map(([name]) => name);
  const speaks = [
    named((one) => (one.unit === 'ratio' || one.unit === 'share') && !isFloor(one)),
    named(({ unit }) => isTime(unit)),
    named(({ unit }) => unit === 'per second'),
  ].find((names) => names.length > 0);
  return [...(speaks ?? []), ...named(({ unit }) => unit === 'bytes')];
}

// A floor is 1 of itself.
function isFloor(figure: Figure): boolean {
  return figure.median === 1 && !hasSpread(figure);
}

function isTime(unit: Unit): boolean {
  return unit === 'ns' || unit === 's';
}

// What JSON cannot hold comes back as null.
function isNumber(figure: Figure | undefined): boolean {
  if (figure === undefined) return true;
  const { median, p25 = median, p75 = median } = figure;
  return [median, p25, p75].every(Number.isFinite);
}

function hasSpread({ p25, p75 }: Figure): boolean {
  return p25 !== undefined && p75 !== undefined;
}

function rangeOf(figure: Figure, yardstick: Figure | undefined): Range {
  const { median, p25 = median, p75 = median } = figure;
  if (yardstick === undefined) return { low: p25, mid: median, high: p75 };
  const one = rangeOf(yardstick, undefined);
  // The yardstick is not known better than its own spread.
  return { low: p25 / one.high, mid: median / one.mid, high: p75 / one.low };
}

/** Of a quotient of two ranges: `low` is above 1 when even the quartiles nearest to each other lie apart. */
function costOf(before: Range, after: Range, unit: Unit): Range {
  const [less, more] = unit === 'share' || unit === 'per second' ? [after, before] : [before, after];
  return {
    low: quotient(more.low, less.high),
    mid: quotient(more.mid, less.mid),
    high: quotient(more.high, less.low),
  };
}

// Nothing is as much as nothing.
function quotient(more: number, less: number): number {
  return more === less ? 1 : more / less;
}

function verdictOf({ high, low, mid }: Range, noise: number, spread: boolean, unit: Unit): Verdict {
  // Bytes are counted and not timed; a time that was taken once says little.
  const least = spread || unit === 'bytes' ? 1 + noise : 1 + 3 * noise;
  if (mid > least && low > 1) return 'slower';
  if (mid < 1 / least && high < 1) return 'quicker';
  return 'same';
}
