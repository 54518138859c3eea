// Running many cases of a trial: properties of fast-check, or one run for each seed. Those that once failed come first.

import fc from 'fast-check';
import { type Repro, regressionSeeds } from './regression.ts';
import { type TrialContext, TrialFailure } from './trial.ts';

export interface Runs {
  readonly runs: number;
  /** The part of the trial, when it has several: `P3`. */
  readonly name?: string;
}

/** How many cases a property held for. Throws a TrialFailure that says where it did not. */
export async function assertProperty<T>(
  context: TrialContext,
  property: fc.IRawProperty<T>,
  { name, runs }: Runs,
): Promise<number> {
  const test = labelOf(context, name);
  if (isLeftOut(context, test)) return 0;
  // Of a failure of old only its first form is tried: how it shrank may be different by now.
  const old = regressionSeeds(test)
    .filter(({ path }) => path !== '-')
    .map(({ path, seed }) => ({ seed, path: path.split(':')[0] ?? '0' }));
  for (const entry of old) await demand(property, { ...entry, numRuns: 1 }, test);
  const { path, seed } = context;
  if (path !== undefined) {
    await demand(property, { seed, path, numRuns: 1 }, test);
    return old.length + 1;
  }
  for (let done = 0; done < runs; done += atOnce) {
    await demand(property, { seed: seed + done / atOnce, numRuns: Math.min(atOnce, runs - done) }, test);
    context.progress(done, runs);
    await breath();
  }
  return old.length + runs;
}

/** So many cases are drawn from one seed; the next ones from the next. */
const atOnce = 1_000;

/** Lets the runner speak: it gives up on a test from which it hears nothing for a minute. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs once for each of `runs` seeds that follow from the seed of the trial. Throws a TrialFailure when one throws. */
export async function eachSeed(
  context: TrialContext,
  { name, runs }: Runs,
  run: (seed: number) => void | Promise<void>,
): Promise<number> {
  const test = labelOf(context, name);
  if (isLeftOut(context, test)) return 0;
  const old = regressionSeeds(test).map(({ seed }) => seed);
  const fresh = context.path === undefined ? runs : 1;
  let last = performance.now();
  for (let at = 0; at < old.length + fresh; at++) {
    const seed = old[at] ?? context.seed + at - old.length;
    try {
      await run(seed);
    } catch (error) {
      throw new TrialFailure({ test, seed, path: '0' }, textOf(error), error);
    }
    context.progress(at, old.length + fresh);
    if (performance.now() - last < 200) continue;
    await breath();
    last = performance.now();
  }
  return old.length + fresh;
}

const labelOf = ({ id }: TrialContext, name: string | undefined): string => (name === undefined ? id : `${id}/${name}`);

function isLeftOut({ only }: TrialContext, test: string): boolean {
  return only !== undefined && only !== test;
}

async function demand<T>(
  property: fc.IRawProperty<T>,
  parameters: fc.Parameters<T> & { readonly seed: number },
  test: string,
): Promise<void> {
  const details = await fc.check(property, parameters);
  if (!details.failed) return;
  const { counterexamplePath, errorInstance, seed } = details;
  const repro: Repro = { test, seed, path: counterexamplePath ?? '-' };
  const said = errorInstance === undefined ? 'too many cases were skipped' : textOf(errorInstance);
  throw new TrialFailure(repro, `${fc.stringify(details.counterexample)}\n${said}`, errorInstance);
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : fc.stringify(error);
}
