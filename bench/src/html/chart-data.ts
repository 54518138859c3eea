// Which charts show a suite: bars against a floor, curves over numbers of something, bars of times and of bytes.

import type { Answer } from '../saved-run.ts';
import { inverse } from '../statistics.ts';
import type { Figure, Row, Table, Unit } from '../suite.ts';

export interface Point {
  readonly label: string;
  /** One of a few ways that every label has, or ''. */
  readonly series: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Bars {
  readonly kind: 'bars';
  readonly title: string;
  /** What 1 stands for; bars of times have no floor and begin at 0. */
  readonly floor?: string;
  readonly axis: string;
  readonly points: readonly Point[];
}

export interface Curves {
  readonly kind: 'curves';
  readonly title: string;
  readonly across: string;
  readonly axis: string;
  readonly points: readonly (Point & { readonly at: number })[];
}

export type Chart = Bars | Curves;

// More ways than this are labels of their own.
const mostSeries = 3;

export function chartsOf({ tables }: Pick<Answer, 'tables'>): readonly Chart[] {
  const curved = tables.filter((table) => countsOf(table) !== undefined && hasFloor(table));
  const floored = tables.filter((table) => !curved.includes(table) && hasFloor(table));
  const plain = tables.filter((table) => !curved.includes(table) && !floored.includes(table));
  return [...againstFloors(floored), ...curves(curved), ...plain.flatMap(amounts)];
}

interface Compared {
  readonly table: string;
  readonly floor: string;
  readonly rows: readonly { readonly name: string; readonly speed: Figure }[];
}

function compared({ rows, title }: Table): Compared {
  const floor = rows.find((row) => speedOf(row) === undefined || isOne(row))?.name ?? 'the floor';
  const others = rows.flatMap((row) => {
    const speed = speedOf(row);
    return speed === undefined || isOne(row) ? [] : [{ name: row.name, speed }];
  });
  return { table: title, floor, rows: others };
}

/** One chart for all tables of a floor whose rows are few ways to do something; else one for each table. */
function againstFloors(tables: readonly Table[]): readonly Bars[] {
  const all = tables.map(compared);
  const floors = [...new Set(all.map(({ floor }) => floor))];
  return floors.flatMap((floor): readonly Bars[] => {
    const of = all.filter((one) => one.floor === floor);
    const ways = [...new Set(of.flatMap(({ rows }) => rows.map(({ name }) => name)))];
    const axis = 'times as quick';
    if (of.length > 1 && ways.length <= mostSeries) {
      const points = of.flatMap(({ rows, table }) => rows.map(({ name, speed }) => point(table, name, speed)));
      return [{ kind: 'bars', title: ways.join(', '), floor, axis, points }];
    }
    return of.map(({ rows, table }) => {
      const points = rows.map(({ name, speed }) => point(name.trim(), '', speed));
      return { kind: 'bars', title: table, floor, axis, points };
    });
  });
}

function curves(tables: readonly Table[]): readonly Curves[] {
  const units = [...new Set(tables.map((table) => countsOf(table)?.of ?? ''))];
  return units.map((across) => {
    const of = tables.filter((table) => countsOf(table)?.of === across);
    const points = of.flatMap((table) =>
      table.rows.flatMap((row, at) => {
        const ratio = figureOf(row, ['ratio', 'share'])?.[1];
        const count = countsOf(table)?.counts[at];
        // A logarithmic scale has no zero.
        if (ratio === undefined || count === undefined || count === 0) return [];
        return [
          { ...point(row.name, table.title, ratio.unit === 'share' ? inverse(ratio, 'ratio') : ratio), at: count },
        ];
      }),
    );
    return { kind: 'curves', title: `Among more and more ${across}`, across, axis: 'times the fewest', points };
  });
}

const scales: readonly (readonly [units: readonly Unit[], divisor: number, axis: string])[] = [
  [['ns'], 1e3, 'µs'],
  [['s'], 1, 's'],
  [['bytes'], 1, 'bytes'],
];

/** What there is of times and of bytes, the first column of each; one bar alone says nothing. */
function amounts({ rows, title }: Table): readonly Bars[] {
  return scales.flatMap(([units, divisor, axis]): readonly Bars[] => {
    const column = rows.map((row) => figureOf(row, units)?.[0]).find((name) => name !== undefined);
    const points = rows.flatMap(({ figures, name }) => {
      const figure = column === undefined ? undefined : figures[column];
      return figure === undefined ? [] : [point(name.trim(), '', figure, divisor)];
    });
    return points.length < 2 ? [] : [{ kind: 'bars', title: `${title}: ${column}`, axis, points }];
  });
}

function point(label: string, series: string, figure: Figure, divisor = 1): Point {
  const { median, p25 = median, p75 = median } = figure;
  return { label, series, value: median / divisor, low: p25 / divisor, high: p75 / divisor };
}

/** How many times as quick as the floor. */
function speedOf(row: Row): Figure | undefined {
  const figure = figureOf(row, ['ratio', 'share'])?.[1];
  return figure?.unit === 'ratio' ? inverse(figure, 'share') : figure;
}

function isOne(row: Row): boolean {
  const speed = speedOf(row);
  return speed?.median === 1 && speed.p25 === undefined;
}

function hasFloor({ rows }: Table): boolean {
  return rows.some((row) => speedOf(row) !== undefined && !isOne(row));
}

function figureOf({ figures }: Row, units: readonly Unit[]): readonly [name: string, figure: Figure] | undefined {
  return Object.entries(figures).find(([, { median, unit }]) => units.includes(unit) && Number.isFinite(median));
}

/** Of '10 keys', '1,000 keys': what is counted, and how many. */
function countsOf({ rows }: Table): { readonly of: string; readonly counts: readonly number[] } | undefined {
  const names = rows.map(({ name }) => /^([\d,]+) (\D+)$/.exec(name));
  const of = names[0]?.[2];
  if (of === undefined || rows.length < 2 || names.some((name) => name?.[2] !== of)) return undefined;
  return { of, counts: names.map((name) => Number(name?.[1]?.replaceAll(',', ''))) };
}
