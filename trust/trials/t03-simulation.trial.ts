// T3: keys of several Regions under faults, seed after seed, with every invariant looked at after everything that happens.

import { added, noTotals } from '../../packages/kmsim/src/simulation/report.ts';
import { faultsOf, simulateSeed } from '../../packages/kmsim/src/simulation/simulate.ts';
import { eachSeed } from '../src/properties.ts';
import { trial } from '../src/trial.ts';

const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];
const operations = 200;
const yearMs = 31_557_600_000;

trial('T3', 'several Regions under faults', async (context) => {
  let totals = noTotals;
  const seeds = await eachSeed(context, { runs: context.size(300, 50_000) }, async (seed) => {
    const outcome = await simulateSeed(String(seed), { regions, operations });
    totals = added(totals, outcome);
    const { violation } = outcome;
    if (violation === undefined) return;
    throw new Error(
      `${violation.says}: ${violation.message}\nkmsim simulate --seed ${seed} --regions 3 --operations ${operations}`,
    );
  });
  const years = (totals.simulatedMs / yearMs).toFixed(0);
  const faults = faultsOf(totals);
  return [
    {
      count: seeds,
      of: 'fault schedules break an invariant or do not converge',
      failures: totals.failures,
      note: `${totals.operations.toLocaleString('en-US')} operations, ${faults.toLocaleString('en-US')} faults, ${years} simulated years`,
    },
  ];
});
