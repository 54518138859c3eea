// T5: the fourteen laws of authorization, each over as many cases.

import { compilePattern, matchesPattern } from '../../../packages/authz/src/wildcard.ts';
import { assertProperty } from '../../src/properties.ts';
import { type TrialFigure, trial } from '../../src/trial.ts';
import { access } from './access.ts';
import { conditions } from './conditions.ts';
import { forms } from './forms.ts';
import type { Law } from './law.ts';

const laws: readonly Law[] = [...access, ...forms, ...conditions].toSorted(
  (one, other) => Number(one.name.slice(1)) - Number(other.name.slice(1)),
);

trial('T5', 'laws of authorization', async (context) => {
  const runs = context.size(5_000, 500_000);
  const applied = new Map(laws.map(({ name }) => [name, 0]));
  let cases = 0;
  for (const { name, property } of laws) {
    const applies = (): void => void applied.set(name, (applied.get(name) ?? 0) + 1);
    cases += await assertProperty(context, property(applies), { runs, name });
  }
  if (context.only !== undefined) return [{ count: cases, of: `cases break ${context.only}`, failures: 0 }];
  // A law whose premise never comes true has shown nothing.
  const idle = laws.filter(({ name }) => (applied.get(name) ?? 0) < runs / 20).map(({ name }) => name);
  return [
    { count: cases, of: 'cases break a law', failures: 0, note: `${laws.length} laws, P1 to P14` },
    {
      count: laws.length,
      of: 'laws applied to less than a twentieth of the cases',
      failures: idle.length,
      note: idle.join(', ') || 'none',
    },
    linear(),
  ];
});

const kibibyte = 1_024;

/** A policy is 32 KiB at most. Backtracking would need longer than anybody waits, so what is asked for is only an end. */
function linear(): TrialFigure {
  const shapes = [
    ['a*'.repeat(16 * kibibyte - 1), 'b'],
    [`*${'a*'.repeat(16 * kibibyte - 1)}`, 'b*'],
    [`*${'?'.repeat(32 * kibibyte - 3)}`, 'b*'],
    [`*${'a'.repeat(32 * kibibyte - 3)}`, 'b*'],
  ];
  const times = shapes.map(([start = '', end = '']) => {
    const subject = 'a'.repeat(8 * kibibyte);
    return Math.min(
      ...Array.from({ length: 5 }, () =>
        cpuMs(() => matchesPattern(compilePattern(start + end, 'exact case'), subject)),
      ),
    );
  });
  const worst = Math.max(...times);
  return {
    count: shapes.length,
    of: 'wildcards of 32 KiB take longer than 50 ms',
    failures: times.filter((time) => time > 50).length,
    note: `${worst.toFixed(1)} ms at worst`,
  };
}

function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { system, user } = process.cpuUsage(before);
  return (system + user) / 1_000;
}
