// T18: secrets that are planted, and looked for in ten encodings wherever somebody could look: over every operation with every outcome.

import { documentedScenarios } from '../../conformance/src/documented/index.ts';
import { type Filed, loadTranscripts } from '../../conformance/src/load.ts';
import { type Canary, encodings, hits } from '../../packages/kms/test/audit/canaries.ts';
import { type TrialFigure, trial } from '../src/trial.ts';
import { type Outcome, outcomes } from './canaries/outcomes.ts';
import { plant } from './canaries/planted.ts';
import { playThrough, type Tries, unrecorded } from './canaries/play.ts';
import { Search } from './canaries/search.ts';
import { searchProgram } from './canaries/served.ts';
import { surfacesOf } from './canaries/surfaces.ts';
import { Dice } from './wire/dice.ts';
import { operationNames } from './wire/plausible.ts';

trial('T18', 'canaries', async (context) => {
  const dice = new Dice(context.seed);
  const search = new Search();
  const blind = scanner(dice);
  const reached = new Map<string, Set<Outcome>>(operationNames.map((operation) => [operation, new Set()]));
  const tries: Tries = { reached, search };
  const scenarios = coverings([...loadTranscripts(), ...documentedScenarios()], context.size(1, 4));
  for (const [at, filed] of scenarios.entries()) {
    await playThrough(filed, tries, dice.bytes(32));
    context.progress(at, scenarios.length + 10);
  }
  await unrecorded(tries, dice);
  const canaries: Canary[] = [];
  for (let round = 0; round < context.size(2, 50); round++) {
    const planted = await plant(`canaries ${context.seed} ${round}`, dice);
    search.look(surfacesOf('planted', planted.sim, dice.bytes(32)), planted.canaries);
    canaries.push(...planted.canaries);
    planted.sim.close();
  }
  const served = await searchProgram(dice, context);
  search.look(served.surfaces, served.canaries);
  const missed = [...reached].flatMap(([operation, had]) =>
    outcomes.filter((outcome) => !had.has(outcome)).map((outcome) => `${operation} ${outcome}`),
  );
  if (search.found.length > 0) throw new Error([...new Set(search.found)].slice(0, 40).join('\n'));
  return [
    blind,
    {
      count: operationNames.length * outcomes.length,
      of: 'pairs of operation and outcome not tried',
      failures: missed.length,
      note: missed.join(', ') || 'success, denied, invalid, fault',
    },
    {
      count: search.places,
      of: 'places with a secret',
      failures: search.found.length,
      note: `${(search.characters / 1e6).toFixed(0)} MB, ${canaries.length} planted canaries`,
    },
  ];
});

/** The scanner itself: a leak in every encoding, which it has to find. */
function scanner(dice: Dice): TrialFigure {
  let failures = 0;
  let count = 0;
  for (const [name, encode] of Object.entries(encodings)) {
    for (let times = 0; times < 20; times++) {
      const secret = dice.bytes(16 + dice.below(48));
      for (const face of encode(secret)) {
        count += 1;
        const before = Buffer.from(dice.bytes(40)).toString('base64');
        const found = hits([{ name: 'leak', secret }], `${before}${face}${before}`);
        if (!found.some(({ encoding }) => encoding === name)) failures += 1;
      }
    }
  }
  return { count, of: 'planted leaks not found', failures, note: `${Object.keys(encodings).length} encodings` };
}

/** As few scenarios as have every operation succeed `times` times. */
function coverings(all: readonly Filed[], times: number): readonly Filed[] {
  const counts = new Map<string, number>();
  const picked: Filed[] = [];
  const missing = ({ transcript }: Filed): readonly string[] =>
    transcript.replay === 'as-is'
      ? [
          ...new Set(transcript.steps.flatMap((step) => ('op' in step && step.error === undefined ? [step.op] : []))),
        ].filter((op) => (counts.get(op) ?? 0) < times)
      : [];
  for (;;) {
    const best = all
      .filter((one) => !picked.includes(one))
      .reduce<Filed | undefined>(
        (one, other) => (missing(other).length > (one === undefined ? 0 : missing(one).length) ? other : one),
        undefined,
      );
    if (best === undefined) return picked;
    for (const op of missing(best)) counts.set(op, (counts.get(op) ?? 0) + 1);
    picked.push(best);
  }
}
