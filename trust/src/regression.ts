// Seeds that once failed: one line each, `T5/P3 seed path`. They run first ever after.

import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const file: URL = new URL('../seeds/regression.txt', import.meta.url);

/** Where a failure is found again. */
export interface Repro {
  /** `T5`, or `T5/P3` for a named part of it. */
  readonly test: string;
  readonly seed: number;
  /** Of fast-check, or `-` where the seed says it all. */
  readonly path: string;
}

export function regressionSeeds(test: string): readonly Repro[] {
  return read().filter((entry) => entry.test === test);
}

/** Adds the line, unless it is there. */
export function rememberSeed(entry: Repro): void {
  const known = read().some((one) => one.test === entry.test && one.seed === entry.seed && one.path === entry.path);
  if (!known) appendFileSync(file, `${entry.test} ${entry.seed} ${entry.path}\n`);
}

function read(): readonly Repro[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [test = '', seed = '', path = '-'] = line.split(' ');
      return { test, seed: Number(seed), path };
    });
}
