// Each of the 56 operations through sim.as(), on the native backend. An operation that is forgotten does not compile.

import type { OperationName } from 'kmsim';
import { type Alternative, briefer, interleave, rowsOf } from './interleave.ts';
import { cryptography } from './operations/cryptography.ts';
import { imports, keyStores, regions } from './operations/elsewhere.ts';
import { keys } from './operations/keys.ts';
import type { Measurements } from './operations/measured.ts';
import { namesAndGrants } from './operations/names-and-grants.ts';
import type { Effort, Table } from './suite.ts';

export async function everyOperation(effort: Effort): Promise<Table> {
  const alternatives = Object.entries(await allOperations()).map(([name, { run, ...rest }]): Alternative => {
    return {
      ...rest,
      name,
      run: async (times) => {
        for (let n = 0; n < times; n++) await run(n);
      },
    };
  });
  const timings = await interleave(alternatives, briefer(effort));
  const byName = [...timings].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { title: 'Every operation', rows: rowsOf(byName) };
}

export async function allOperations(): Promise<Measurements<OperationName>> {
  return {
    ...(await cryptography()),
    ...(await keys()),
    ...(await namesAndGrants()),
    ...(await imports()),
    ...(await regions()),
    ...(await keyStores()),
  };
}
