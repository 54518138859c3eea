// More of everything: whether calls stay as quick among many keys, grants, statements and versions as among few.

import { grants } from './scale/grants.ts';
import { keys } from './scale/keys.ts';
import { aliases } from './scale/lists.ts';
import { statements } from './scale/statements.ts';
import { versions } from './scale/versions.ts';
import type { Effort, Suite, Table } from './suite.ts';

// The keys last: what the others leave behind is little, and a million keys are not.
const dimensions: readonly ((effort: Effort) => Promise<readonly Table[]>)[] = [
  grants,
  statements,
  versions,
  aliases,
  keys,
];

export const scale: Suite = {
  name: 'scale',
  about:
    'Calls among many keys, grants, statements and versions against the same calls among the fewest; all simulations share one process and its heap.',
  // Apart from `create`: whoever forces collections makes the ones that follow small and many.
  nodeFlags: ['--max-old-space-size=6144'],
  run: async (effort) => {
    const tables: Table[] = [];
    for (const dimension of dimensions) tables.push(...(await dimension(effort)));
    return tables;
  },
};
