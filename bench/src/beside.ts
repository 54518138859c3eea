// One piece of work in several ways beside node:crypto's own: the floor, where this version of Node has it, and whoever does it otherwise.

import { type Alternative, interleave, rowsOf } from './interleave.ts';
import type { Effort, Row, Table } from './suite.ts';

/** Once. */
export type Step = () => unknown;

export interface Work {
  readonly title: string;
  /** Undefined where this version of Node has no such thing. */
  readonly raw: Step | undefined;
  /** By their names: the rows. */
  readonly ways: Readonly<Record<string, Step>>;
}

const rawFloor = 'node:crypto raw';
const noFloor: Row = { name: `${rawFloor}: not in this Node`, figures: {} };

export async function besideRaw({ raw, title, ways }: Work, effort: Effort): Promise<Table> {
  const all = Object.entries(raw === undefined ? ways : { [rawFloor]: raw, ...ways });
  const rows = rowsOf(await interleave(all.map(repeated), effort), rawFloor);
  return { title, rows: raw === undefined ? [noFloor, ...rows] : rows };
}

function repeated([name, step]: readonly [name: string, step: Step]): Alternative {
  return {
    name,
    run: (times) => {
      for (let n = 0; n < times; n++) step();
    },
  };
}

/** The same names with what is made of each. */
export function mapped<From, To>(all: Readonly<Record<string, From>>, make: (one: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, make(one)]));
}
