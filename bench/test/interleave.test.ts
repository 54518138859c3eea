import { expect, test } from 'vitest';
import { interleave } from '../src/interleave.ts';
import { smokeEffort } from '../src/suite.ts';

test('what has to stand ready is made before each batch, for as many times as the batch has, and never for more than it may have', async () => {
  const seen: (readonly [what: string, times: number])[] = [];
  const [timing] = await interleave(
    [
      {
        name: 'one',
        most: 4,
        before: async (times) => {
          seen.push(['before', times]);
        },
        run: (times) => {
          seen.push(['run', times]);
        },
      },
    ],
    smokeEffort,
  );
  expect(timing?.rounds).toHaveLength(smokeEffort.rounds);
  const [made, ran] = ['before', 'run'].map((what) => seen.filter(([one]) => one === what).map(([, times]) => times));
  expect(seen.map(([what]) => what)).toEqual(seen.map((_, at) => (at % 2 === 0 ? 'before' : 'run')));
  expect(made).toEqual(ran);
  expect(Math.max(...(ran ?? []))).toBeLessThanOrEqual(4);
});
