// What a suite is, and what it answers with: tables of figures, for people and for machines alike.

/** Of a `ratio` less is better: times what something else took. Of a `share` more is: of the throughput of something else. */
export type Unit = 'ns' | 's' | 'bytes' | 'per second' | 'ratio' | 'share' | 'count' | 'USD';

/** A median with its spread where there was more than one measurement. */
export interface Figure {
  readonly unit: Unit;
  readonly median: number;
  readonly p25?: number;
  readonly p75?: number;
  /** The measurements in their order; of many, the medians of so many groups of neighbours. */
  readonly rounds?: readonly number[];
}

export interface Row {
  readonly name: string;
  /** By the heading of their column. */
  readonly figures: Readonly<Record<string, Figure>>;
}

export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** How long to measure. */
export interface Effort {
  /** Batches of each alternative. */
  readonly rounds: number;
  /** Long enough that every batch collects its garbage a few times. */
  readonly batchMs: number;
  readonly warmUpMs: number;
  /** Numbers of keys to create, and to call among; ascending. */
  readonly createCounts: readonly number[];
  readonly callCounts: readonly number[];
  /** Numbers of grants on a key, of policy statements, and of versions of a key's material; ascending. */
  readonly grantCounts: readonly number[];
  readonly statementCounts: readonly number[];
  readonly versionCounts: readonly number[];
  /** Bytes of a payload; ascending. */
  readonly payloads: readonly number[];
  /** Numbers of events to read and to stream; ascending. */
  readonly eventCounts: readonly number[];
  /** RSA keys of each size, 2,048, 3,072 and 4,096 bits. */
  readonly generations: readonly number[];
}

/** A suite runs in a process of its own: what another one compiled or left in the heap would slow it. */
export interface Suite {
  readonly name: string;
  /** One sentence: what is measured against what. */
  readonly about: string;
  /** What its process is started with. */
  readonly nodeFlags: readonly string[];
  run(effort: Effort): Promise<readonly Table[]>;
}

export const fullEffort: Effort = {
  rounds: 40,
  batchMs: 25,
  warmUpMs: 400,
  createCounts: [1_000, 10_000, 100_000, 1_000_000],
  callCounts: [10, 1_000, 100_000, 1_000_000],
  grantCounts: [1, 100, 50_000],
  statementCounts: [1, 10, 100, 1_000],
  versionCounts: [1, 10, 100],
  payloads: [2 ** 10, 2 ** 16, 2 ** 20, 2 ** 24, 2 ** 26],
  eventCounts: [10_000, 100_000, 1_000_000],
  generations: [201, 101, 61],
};

/** Everything once, briefly: proves that it runs, and no more than that. */
export const smokeEffort: Effort = {
  rounds: 3,
  batchMs: 0.5,
  warmUpMs: 5,
  createCounts: [1_000, 5_000],
  callCounts: [10, 1_000],
  grantCounts: [1, 100],
  statementCounts: [1, 100],
  versionCounts: [1, 10],
  payloads: [2 ** 10, 2 ** 16],
  eventCounts: [500, 1_000],
  generations: [1, 1, 1],
};
