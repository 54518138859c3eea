// The invariants, one by one, against kmsim in this process.

import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkRuns, describeRuns } from '../../src/properties/check.ts';
import { checkInvariant, insideInvariants, invariants } from '../../src/properties/invariants/index.ts';
import type { Asked } from '../../src/properties/run.ts';
import { simulated } from '../../src/properties/simulated.ts';

const open = (seed: string) => simulated({ seed });

/** What they are about is not built yet, so they say nothing yet. */
const notBuilt: Readonly<Record<string, readonly string[]>> = {
  I05: ['GenerateMac'],
};

describe.each([...invariants, ...insideInvariants].map((invariant) => ({ ...invariant })))(
  '$id',
  ({ id, says, size, watch }) => {
    test(`${says}${notBuilt[id] === undefined ? '' : ` (not built: ${notBuilt[id]})`}`, async () => {
      const report = await checkInvariant({ id, says, size, watch }, open, { seed: 20_260_101 });
      expect(report.failure === undefined ? [] : describeRuns(report)).toEqual([]);
      expect(report.unsupported.filter((operation) => !notBuilt[id]?.includes(operation))).toEqual([]);
    });
  },
);

describe('I32, the other half', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("no answer depends on the machine's clock", async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let year = 1980;
    const twin = () => {
      const other = simulated({ seed: 'I32' });
      return [
        {
          before: () => {
            year = year === 1980 ? 2080 : 1980;
            vi.setSystemTime(new Date(`${year}-06-01T00:00:00Z`));
          },
          after: async ({ reply, request }: Asked) => {
            vi.setSystemTime(new Date('2000-01-01T00:00:00Z'));
            const [one, two] = [JSON.stringify(reply), JSON.stringify(await other.call(request))];
            return one === two ? undefined : { path: '', expected: two, got: one };
          },
          waited: (milliseconds: number) => other.advance?.(milliseconds),
        },
      ];
    };
    const report = await checkRuns(open, twin, { seed: 32, runs: 10, commands: 60, test: 'I32' });
    expect(report.failure === undefined ? [] : describeRuns(report)).toEqual([]);
    expect(report.commands).toBeGreaterThan(100);
  });
});
