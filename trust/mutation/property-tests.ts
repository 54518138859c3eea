// What the tests use of @fast-check/vitest, quicker to load. That module builds every chain of modifiers beforehand, thousands of functions
// and two seconds of work, which a run of the tests pays once and mutation testing for each mutant.

import fc from 'fast-check';
import { test as plain } from 'vitest';

type Values = readonly [fc.Arbitrary<unknown>, ...fc.Arbitrary<unknown>[]];
type Law = (...values: unknown[]) => undefined | boolean | Promise<undefined | boolean>;
type NamedLaw = (name: string, law: Law, timeout?: number) => void;

const most = 200;

function prop(
  values: Values | Record<string, fc.Arbitrary<unknown>>,
  parameters: Omit<fc.Parameters<[unknown, ...unknown[]]>, 'reporter'> = {},
): NamedLaw {
  const list: Values = Array.isArray(values)
    ? (values as unknown as Values)
    : [fc.record(values as Record<string, fc.Arbitrary<unknown>>)];
  const numRuns = Math.min(parameters.numRuns ?? 100, most);
  return (name, law, timeout) => {
    const property = fc.asyncProperty(...list, async (...drawn: unknown[]) => law(...drawn));
    plain(name, () => fc.assert(property, { ...parameters, numRuns }), timeout);
  };
}

export const test: typeof plain & { readonly prop: typeof prop } = Object.assign(
  (...args: Parameters<typeof plain>) => plain(...args),
  { each: plain.each.bind(plain), skipIf: plain.skipIf.bind(plain), runIf: plain.runIf.bind(plain), prop },
) as never;

export { fc };
