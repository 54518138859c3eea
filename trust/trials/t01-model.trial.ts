// T1: random commands of three accounts, three Regions and nine principals, each answer compared with the reference model of the conformance suite.

import { modelled } from '../../conformance/src/model/index.ts';
import { checkConformance, describeRuns } from '../../conformance/src/properties/check.ts';
import { simulated } from '../../conformance/src/properties/simulated.ts';
import { eachSeed } from '../src/properties.ts';
import { type TrialContext, type TrialFigure, trial } from '../src/trial.ts';

const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
const longestRun = 200;
const runsOfSeed = 20;

/** Known to the model, and drawn too seldom to be counted on: the alias of a key that is going or gone. I13 of T3 tries the whole table. */
const seldom = new Set(['DeleteAlias Deleted', 'DeleteAlias PendingDeletion']);
const aboutNoKey = new Set(['CreateKey', 'GenerateRandom', 'ListKeys', 'ListAliases']);
const states = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Deleted'];

trial('T1', 'the engine against the reference model', async (context) => {
  const cells = new Map<string, number>();
  let commands = 0;
  let runs = 0;
  await eachSeed(context, { runs: context.size(100, 5_000) }, async (seed) => {
    const report = await checkConformance(() => simulated({ seed }), {
      seed,
      runs: runsOfSeed,
      commands: longestRun,
      regions,
      test: 'T1',
    });
    const { failure, tally } = report;
    if (failure !== undefined) throw new Error(describeRuns(report).join('\n'));
    commands += report.commands;
    runs += report.runs;
    for (const { count, keyState, operation, outcome } of tally.cells())
      add(cells, `${operation} ${keyState} ${outcome}`, count);
  });
  const outcomes = new Set([...cells.keys()].map((cell) => cell.split(' ')[2]));
  return [
    { count: commands, of: 'answers differ from the model', failures: 0, note: `${runs} runs` },
    // A run of one seed meets few of them.
    ...(context.path === undefined
      ? [coverage(context, cells, `${cells.size} cells of operation x state x outcome, ${outcomes.size} outcomes`)]
      : []),
  ];
});

// Counted in states, not in lines: an operation that never met a key in some state was not tried.
function coverage({ size }: TrialContext, cells: ReadonlyMap<string, number>, note: string): TrialFigure {
  const met = new Map<string, number>();
  for (const [cell, count] of cells) add(met, cell.split(' ').slice(0, 2).join(' '), count);
  const wanted = modelled
    .filter((operation) => !aboutNoKey.has(operation))
    .flatMap((operation) => states.map((state) => `${operation} ${state}`))
    .filter((cell) => !seldom.has(cell));
  const least = size(10, 100);
  const missed = wanted.filter((cell) => (met.get(cell) ?? 0) < least);
  const names = missed.length === 0 ? '' : `; not enough: ${missed.slice(0, 8).join(', ')}`;
  return {
    count: wanted.length,
    of: `pairs of operation and key state met less than ${least} times`,
    failures: missed.length,
    note: `${note}${names}`,
  };
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
