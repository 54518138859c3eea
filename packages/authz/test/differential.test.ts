// Two evaluators that share nothing but the question give the same answer, by the same statement.
//
// AUTHZ_PAIRS says how many pairs of policies and request (10,000 when it is not set), AUTHZ_SEED where the dice start.

import { expect, test } from 'vitest';
import { Dice, drawAsk, drawWorld } from './brute-force/draw.ts';
import { evaluate } from './brute-force/evaluate.ts';
import { compile, decide } from './brute-force/first.ts';

const PAIRS = Number(process.env['AUTHZ_PAIRS'] ?? 10_000);
const SEED = Number(process.env['AUTHZ_SEED'] ?? 5);
/** Requests of each world. */
const ASKS = 5;

test(`${PAIRS} pairs from seed ${SEED}: the same outcome, by the same statement`, () => {
  const outcomes = { Allow: 0, ExplicitDeny: 0, ImplicitDeny: 0 };
  const deciders = new Map<string, number>();
  let statements = 0;
  let matching = 0;
  for (let pair = 0; pair < PAIRS; ) {
    const seed = SEED * 1_000_003 + pair;
    const dice = new Dice(seed);
    const world = drawWorld(dice);
    const compiled = compile(world);
    for (let ask = 0; ask < ASKS; ask++, pair++) {
      const asked = drawAsk(dice);
      const expected = evaluate(world, asked);
      const decision = decide(compiled, asked);
      const { outcome, decidedBy } = decision;
      const by = decidedBy && `${decidedBy.policyType} ${decidedBy.policy} ${decidedBy.statement}`;
      const label = decidedBy?.policyType === 'grant' ? `grant ${decidedBy.policy}` : by;
      if (outcome !== expected.outcome || label !== expected.decidedBy) {
        throw new Error(
          `REPRO seed=${seed} ask=${ask}: ${outcome} by ${label}, but ${expected.outcome} by ${expected.decidedBy} (${decision.reason})\n${JSON.stringify({ asked, world }, null, 1)}`,
        );
      }
      outcomes[outcome]++;
      const kind = decidedBy?.policyType ?? `${decision.reason}`;
      deciders.set(kind, (deciders.get(kind) ?? 0) + 1);
      statements += expected.statements;
      matching += expected.matching;
    }
  }
  if (process.env['AUTHZ_PAIRS'] !== undefined) {
    console.log(
      outcomes,
      Object.fromEntries(deciders),
      `${((100 * matching) / statements).toFixed(1)} % of the statements match`,
    );
  }
  // A comparison of things that never happen would prove nothing.
  expect(matching / statements).toBeGreaterThan(0.3);
  expect(matching / statements).toBeLessThan(0.7);
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(PAIRS / 20);
  expect(deciders.size).toBeGreaterThan(12);
}, 600_000);
