// What a test proves of KMS's algorithms, noted with the test: `npm run algorithms` makes its table of these notes.

import { getCurrentTest } from 'vitest/suite';
import type { Vector } from './published-vectors.ts';

interface Proof {
  readonly algorithms: readonly string[];
}

/** One of the standard's own examples. */
export interface ExampleProof extends Proof {
  readonly kind: 'example';
  readonly source: string;
  readonly backend: string;
}

/** Something of ours that OpenSSL took, or that it made and we took. */
export interface OpensslProof extends Proof {
  readonly kind: 'openssl';
}

/** One published file. `acceptable`: what may be accepted or refused, by the flags of the vectors. */
export interface VectorProof extends Proof {
  readonly kind: 'vectors';
  readonly file: string;
  readonly backend: string;
  readonly total: number;
  readonly leftOut?: { readonly count: number; readonly because: string };
  /** Of those that are not left out, how many this run took. */
  readonly taken: number;
  readonly acceptable: readonly Choice[];
  /** Why none of them is accepted, the valid ones neither. */
  readonly refused?: string;
}

interface Choice {
  readonly flags: string;
  readonly count: number;
  readonly accepted: boolean;
}

declare module 'vitest' {
  interface TaskMeta {
    readonly proof?: ExampleProof | OpensslProof | VectorProof;
  }
}

function note(proof: ExampleProof | OpensslProof | VectorProof): void {
  const test = getCurrentTest();
  if (test === undefined) throw new Error('Only a test proves anything.');
  Object.assign(test.meta, { proof });
}

export function provesExample(algorithms: readonly string[], source: string, backend: string): void {
  note({ kind: 'example', algorithms, source, backend });
}

/** For tests that always run. One that may be skipped has it as its `meta`. */
export function provesWithOpenssl(...algorithms: readonly string[]): void {
  note(opensslProof(...algorithms));
}

export function opensslProof(...algorithms: readonly string[]): OpensslProof {
  return { kind: 'openssl', algorithms };
}

interface VectorRun<V extends Vector> {
  readonly file: string;
  readonly backend: string;
  readonly all: readonly V[];
  readonly leftOut?: VectorProof['leftOut'];
  readonly taken: readonly V[];
  readonly refused?: string;
  /** Our verdict on what is acceptable, where there is such a vector. */
  accepts?(vector: V): boolean;
}

export function provesVectors<V extends Vector>(algorithms: readonly string[], run: VectorRun<V>): void {
  const { accepts = () => false, all, backend, file, leftOut, refused, taken } = run;
  const choices = new Map<string, Choice>();
  for (const vector of all.filter(({ result }) => result === 'acceptable')) {
    const accepted = accepts(vector);
    const flags = vector.flags.join(', ');
    const name = `${flags} ${accepted}`;
    choices.set(name, { flags, accepted, count: (choices.get(name)?.count ?? 0) + 1 });
  }
  note({
    kind: 'vectors',
    algorithms,
    file,
    backend,
    total: all.length,
    ...(leftOut !== undefined && leftOut.count > 0 && { leftOut }),
    taken: taken.length,
    acceptable: [...choices.values()],
    ...(refused !== undefined && { refused }),
  });
}
