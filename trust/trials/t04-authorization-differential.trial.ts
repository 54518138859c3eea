// T4: the evaluator of production and the one that looks through everything each time, on random worlds: the same outcome, by the same statement.

import { Dice, drawAsk, drawWorld } from '../../packages/authz/test/brute-force/draw.ts';
import { evaluate } from '../../packages/authz/test/brute-force/evaluate.ts';
import { compile, decide } from '../../packages/authz/test/brute-force/first.ts';
import { eachSeed } from '../src/properties.ts';
import { trial } from '../src/trial.ts';

const asksOfWorld = 5;

trial('T4', 'authorization against brute force', async (context) => {
  const outcomes = { Allow: 0, ExplicitDeny: 0, ImplicitDeny: 0 };
  const deciders = new Set<string>();
  let statements = 0;
  let matching = 0;
  const worlds = await eachSeed(context, { runs: context.size(50_000, 5_000_000) / asksOfWorld }, (seed) => {
    const dice = new Dice(seed);
    const world = drawWorld(dice);
    const compiled = compile(world);
    for (let ask = 0; ask < asksOfWorld; ask++) {
      const asked = drawAsk(dice);
      const expected = evaluate(world, asked);
      const { decidedBy, outcome, reason } = decide(compiled, asked);
      const by = decidedBy && `${decidedBy.policyType} ${decidedBy.policy} ${decidedBy.statement}`;
      const label = decidedBy?.policyType === 'grant' ? `grant ${decidedBy.policy}` : by;
      if (outcome !== expected.outcome || label !== expected.decidedBy) {
        const said = `${outcome} by ${label} (${reason}), but ${expected.outcome} by ${expected.decidedBy}`;
        throw new Error(`${said}\n${JSON.stringify({ asked, world }, null, 1)}`);
      }
      outcomes[outcome] += 1;
      deciders.add(decidedBy?.policyType ?? reason);
      statements += expected.statements;
      matching += expected.matching;
    }
  });
  const share = matching / statements;
  const { Allow, ExplicitDeny, ImplicitDeny } = outcomes;
  return [
    {
      count: worlds * asksOfWorld,
      of: 'decisions differ in outcome or deciding statement',
      failures: 0,
      note: `${Allow} allowed, ${ExplicitDeny} denied by a statement, ${ImplicitDeny} by none; ${(100 * share).toFixed(0)} % of the statements match`,
    },
    {
      count: 13,
      of: 'kinds of deciders never met',
      // A comparison of what never happens proves nothing. A run of one seed meets few of them.
      failures: context.path === undefined ? Math.max(0, 13 - deciders.size) : 0,
    },
  ];
});
