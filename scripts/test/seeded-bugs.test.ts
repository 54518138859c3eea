// The seeded bugs of `npm run trust -- T21` keep up with the sources: each finds its place, once.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seeded } from '../../trust/bugs/bug.ts';
import { bugs } from '../../trust/bugs/bugs.ts';
import { root } from '../run.mjs';

test.each(bugs.map((bug) => [bug.name, bug] as const))('%s is not stale', (_name, bug) => {
  const source = readFileSync(join(root, bug.file), 'utf8');
  expect(seeded(bug, source), `what it looks for is not once in ${bug.file}`).toBeDefined();
  expect(seeded(bug, source)).not.toBe(source);
  for (const file of bug.caughtBy) readFileSync(join(root, file));
});
