// T21: bugs made by hand, those of other simulators among them. Each must be noticed by the tests that are named for it.

import { writeFileSync } from 'node:fs';
import { bugs } from '../bugs/bugs.ts';
import { type Catch, hunt } from '../bugs/hunt.ts';
import { bugsPage } from '../bugs/page.ts';
import { trial } from '../src/trial.ts';

trial('T21', 'seeded bugs', async (context) => {
  const tests = [...new Set(bugs.flatMap(({ caughtBy }) => caughtBy))];
  const beforehand = await hunt(tests);
  if (beforehand.length > 0) throw new Error(`Fails without any bug: ${JSON.stringify(beforehand, undefined, 1)}`);

  const rows = new Map<string, readonly Catch[]>();
  const waiting = [...bugs];
  const worker = async (): Promise<void> => {
    for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
      rows.set(bug.name, await hunt(bug.caughtBy, bug));
      context.progress(rows.size, bugs.length);
    }
  };
  await Promise.all([worker(), worker()]);

  const table = bugs.map((bug) => ({ bug, catches: rows.get(bug.name) ?? [] }));
  const missed = table.filter(({ catches }) => catches.length === 0).map(({ bug }) => bug.name);
  if (context.json !== undefined) writeFileSync(new URL('../bugs/README.md', import.meta.url), bugsPage(table));
  const note = missed.length === 0 ? `${bugs.length} of ${bugs.length} caught` : `not caught: ${missed.join(', ')}`;
  return [{ count: bugs.length, of: 'seeded bugs not noticed', failures: missed.length, note }];
});
