// What is aimed at (docs/performance.md), and where in a run it is measured.

import type { Run } from './saved-run.ts';
import { inverse } from './statistics.ts';
import type { Figure } from './suite.ts';

/** Rows of a run. Of several tables that match, the worst counts. */
export interface Selector {
  readonly suite: string;
  readonly table: string | RegExp;
  readonly row: string | RegExp;
  readonly column: string;
}

export interface Measure extends Selector {
  readonly name: string;
  /** Where the target differs from that of the others. */
  readonly limit?: number;
}

export interface Target {
  readonly id: string;
  readonly work: string;
  /** `speed`: how many times as quick as the floor, at least. Anything else: at most. */
  readonly reads: 'speed' | 'times' | 'us' | 'ms' | 'bytes';
  readonly limit: number;
  /** Whether the page may live with it being missed. */
  readonly stretch?: true;
  readonly measures: readonly Measure[];
}

const ofFloor = 'times the floor';
const raw = (name: string, suite: string, table: string): Measure => {
  const row = suite === 'requests' ? 'kmsim, native' : 'kmsim, portable';
  return { name, suite, table, row, column: ofFloor };
};
const short: readonly Measure[] = [
  raw('Encrypt', 'requests', 'Encrypt, 32 B'),
  raw('Decrypt', 'requests', 'Decrypt, 32 B'),
  raw('GenerateDataKey', 'requests', 'GenerateDataKey, 32 B'),
];
const ofRaw = (name: string, table: RegExp, limit?: number): Measure => {
  const column = 'of the raw throughput';
  return { name, suite: 'key-specs', table, row: 'a whole request', column, ...(limit !== undefined && { limit }) };
};
const sdk = 'Encrypt with an SDK client, against a mock';
const sdkConstant = 'The same, against the SDK with a constant handler';
const attached = 'kmsim, sim.attach(client)';
const http = (concurrency: number): Measure => ({
  name: concurrency === 1 ? 'one at a time' : `${concurrency} at a time`,
  suite: 'doors',
  table: `Encrypt over HTTP, ${concurrency} at a time: the process of the server alone`,
  row: 'kmsim, serve(sim), signatures strict',
  column: ofFloor,
});
const corridor = (row: string): Measure => ({
  name: row,
  suite: 'corridor',
  table: 'The corridor alone',
  row,
  column: 'CPU a call',
});
// Whatever number of keys it takes the longest among.
const amongMany = (name: string, table: string): Measure => ({
  name,
  suite: 'scale',
  table,
  row: /^[\d,]+ keys$/,
  column: ofFloor,
});

export const targets: readonly Target[] = [
  {
    id: 'short',
    work: '32 B with context, the whole engine, authorization and audit on, against raw node:crypto (random bytes, key derivation, GCM)',
    reads: 'speed',
    limit: 1,
    measures: short,
  },
  { id: 'short-stretch', work: 'the same, stretch', reads: 'speed', limit: 1.6, stretch: true, measures: short },
  {
    id: '4-kib',
    work: '4 KiB, against the same raw sequence',
    reads: 'speed',
    limit: 1,
    measures: [raw('Encrypt', 'requests', 'Encrypt, 4 KiB'), raw('Decrypt', 'requests', 'Decrypt, 4 KiB')],
  },
  {
    id: 'portable',
    work: 'the portable backend, 32 B, against a plain @noble engine',
    reads: 'speed',
    limit: 3,
    measures: ['Encrypt, 32 B', 'Decrypt, 32 B'].map((table) => ({
      name: table.replace(', 32 B', ''),
      suite: 'requests-portable',
      table: `${table}, against a plain @noble engine`,
      row: 'kmsim, portable',
      column: ofFloor,
    })),
  },
  {
    id: 'corridor',
    work: 'the corridor alone: no cryptography, no random bytes, no ciphertext around it',
    reads: 'us',
    limit: 1.5,
    measures: [corridor('Encrypt'), corridor('Decrypt'), corridor('GenerateDataKey')],
  },
  {
    id: 'asymmetric',
    work: 'RSA private operations, Ed25519, HMAC and ECDH through the engine, against raw node:crypto; seeded OAEP encryption >= 0.75x',
    reads: 'speed',
    limit: 0.9,
    measures: [
      ofRaw('RSA, private', /^RSA_\d+, (Sign|Decrypt) /),
      ofRaw('Ed25519', /^ECC_NIST_EDWARDS25519, Sign /),
      ofRaw('HMAC', /^HMAC_\d+, /),
      ofRaw('ECDH', /, DeriveSharedSecret ECDH$/),
      ofRaw('OAEP encryption', /^RSA_\d+, Encrypt /, 0.75),
    ],
  },
  {
    id: 'attached-mock',
    work: 'an attached SDK client, real Encrypt, against aws-sdk-client-mock resolving a constant',
    reads: 'speed',
    limit: 1,
    measures: [{ name: 'sim.attach', suite: 'doors', table: sdk, row: attached, column: ofFloor }],
  },
  {
    id: 'attached-sdk',
    work: 'the same, against the unmodified SDK with a constant handler',
    reads: 'speed',
    limit: 8,
    measures: [{ name: 'sim.attach', suite: 'doors', table: sdkConstant, row: attached, column: ofFloor }],
  },
  {
    id: 'handler',
    work: 'the SDK with its requestHandler, against the constant handler',
    reads: 'speed',
    limit: 0.9,
    measures: [
      {
        name: 'requestHandler',
        suite: 'doors',
        table: sdkConstant,
        row: 'kmsim, the SDK with its request handler',
        column: ofFloor,
      },
    ],
  },
  {
    id: 'http',
    work: 'the HTTP door, Encrypt, against node:http answering a constant',
    reads: 'speed',
    limit: 0.85,
    measures: [http(1), http(16)],
  },
  {
    id: 'scale',
    work: 'a call among up to 1,000,000 keys, against the same among 10',
    reads: 'times',
    limit: 1.3,
    measures: [
      amongMany('Encrypt, the same ten keys', 'Encrypt, 32 B, always the same ten keys'),
      amongMany('Encrypt, one key after another', 'Encrypt, 32 B, one key after another'),
      amongMany('DescribeKey, one key after another', 'DescribeKey, one key after another'),
    ],
  },
  {
    id: 'external-key-store',
    work: "Encrypt through the proxy of an external key store over HTTP, the proxy in a process of its own, in round trips of the proxy's server",
    reads: 'times',
    limit: 1.5,
    measures: [
      {
        name: 'Encrypt',
        suite: 'xks',
        table: 'Encrypt, 32 B, through a proxy in another process, in round trips of its server',
        row: 'Encrypt',
        column: ofFloor,
      },
    ],
  },
  {
    id: 'cloudhsm',
    work: 'Encrypt under a key in a CloudHSM cluster, against the own vault',
    reads: 'times',
    limit: 2,
    measures: [
      {
        name: 'Encrypt',
        suite: 'xks',
        table: 'Encrypt, 32 B, in a CloudHSM cluster, against the own vault',
        row: 'Encrypt under a key in a CloudHSM cluster',
        column: ofFloor,
      },
    ],
  },
  {
    id: 'memory',
    work: 'memory for a symmetric key',
    reads: 'bytes',
    limit: 1024,
    measures: [
      { name: 'a key', suite: 'memory', table: 'What is there', row: 'a symmetric key', column: 'bytes each' },
    ],
  },
  {
    id: 'startup',
    work: 'import, createKmsim and the first Encrypt in a cold process, over an empty Node process',
    reads: 'ms',
    limit: 60,
    measures: [
      {
        name: 'first Encrypt',
        suite: 'startup',
        table: 'From nothing to a first answer',
        row: '- and the first CreateKey and Encrypt',
        column: 'wall over the floor',
      },
    ],
  },
];

/** How many of a figure's units are one of the limit's. */
export const divisors: Readonly<Record<Target['reads'], number>> = { speed: 1, times: 1, us: 1e3, ms: 1e6, bytes: 1 };

export interface Reading {
  readonly measure: Measure;
  readonly limit: number;
  /** As the target reads it; undefined where the run has no such row. */
  readonly figure: Figure | undefined;
  readonly met: boolean;
}

/** What a run says of a target. */
export function readingsOf(target: Target, run: Run): readonly Reading[] {
  return target.measures.map((measure) => {
    const limit = measure.limit ?? target.limit;
    const figures = figuresOf(measure, run).map((one) => converted(target, one));
    const atLeast = target.reads === 'speed';
    const bound = limit * divisors[target.reads];
    const [figure] = figures.sort((a, b) => (atLeast ? a.median - b.median : b.median - a.median));
    return {
      measure,
      limit,
      figure,
      met: figure !== undefined && (atLeast ? figure.median >= bound : figure.median <= bound),
    };
  });
}

/** One line for each measure that the run has no row for. */
export function missingRows(all: readonly Target[], run: Run): readonly string[] {
  return all.flatMap((target) =>
    readingsOf(target, run)
      .filter(({ figure }) => figure === undefined)
      .map(({ measure: { column, row, suite, table } }) => `${target.id}: ${suite} / ${table} / ${row} / ${column}`),
  );
}

function figuresOf({ column, row, suite, table }: Selector, { suites }: Run): Figure[] {
  const tables = suites.filter(({ name }) => name === suite).flatMap((answer) => answer.tables);
  const rows = tables.filter(({ title }) => matches(title, table)).flatMap((one) => one.rows);
  const figures = rows.filter(({ name }) => matches(name, row)).flatMap((one) => one.figures[column] ?? []);
  // The floor itself is one of the rows of a pattern.
  return figures.filter(({ median, p25, unit }) => unit !== 'ratio' || median !== 1 || p25 !== undefined);
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** Suites count how many times the time of the floor something takes; targets, how many times as quick it is. */
function converted({ reads }: Target, figure: Figure): Figure {
  return reads === 'speed' && figure.unit === 'ratio' ? inverse(figure, 'share') : figure;
}
