// Worlds and requests by the dice of the brute-force comparison, and what is said of them.

import fc from 'fast-check';
import { Dice, drawAsk, drawWorld } from '../../../packages/authz/test/brute-force/draw.ts';
import { compile, decide } from '../../../packages/authz/test/brute-force/first.ts';
import type { Ask, Document, World, Written } from '../../../packages/authz/test/brute-force/world.ts';
import { demand } from './law.ts';

export type { Ask, Document, World, Written };

type Decision = ReturnType<typeof decide>;

export interface Drawn {
  readonly world: World;
  readonly asks: readonly Ask[];
  /** Statements that name principals, to add. */
  readonly extra: Document;
}

export const drawn: fc.Arbitrary<Drawn> = fc.integer().map((seed) => {
  const dice = new Dice(seed);
  const world = drawWorld(dice);
  return { world, asks: [drawAsk(dice), drawAsk(dice), drawAsk(dice)], extra: drawStatements(dice) };
});

function drawStatements(dice: Dice): Document {
  for (;;) {
    const { keyPolicy } = drawWorld(dice);
    if (keyPolicy !== undefined) return keyPolicy;
  }
}

export function decisions(world: World, asks: readonly Ask[]): readonly Decision[] {
  const compiled = compile(world);
  return asks.map((ask) => decide(compiled, ask));
}

export const allows = ({ outcome }: Decision): boolean => outcome === 'Allow';
export const reasonOf = ({ outcome, reason }: Decision): string => `${outcome}: ${reason}`;
export const deciderOf = (decision: Decision): string => JSON.stringify([reasonOf(decision), decision.decidedBy]);

/** What was allowed stays allowed. */
export function keepsAllows(before: World, after: World, asks: readonly Ask[], applies: () => void): void {
  const then = decisions(after, asks).map(allows);
  for (const [at, decision] of decisions(before, asks).entries()) {
    if (!allows(decision)) continue;
    applies();
    demand(then[at] === true, () => `an Allow was lost: ${JSON.stringify({ before, after, ask: asks[at] })}`);
  }
}

/** What was not allowed stays so. */
export function addsNone(before: World, after: World, asks: readonly Ask[], applies: () => void): void {
  const then = decisions(after, asks).map(allows);
  for (const [at, decision] of decisions(before, asks).entries()) {
    if (allows(decision)) continue;
    applies();
    demand(then[at] === false, () => `an Allow was won: ${JSON.stringify({ before, after, ask: asks[at] })}`);
  }
}

/** `told` says the same of both. */
export function same(
  before: World,
  after: World,
  asks: readonly Ask[],
  told: (decision: Decision) => string,
  others: readonly Ask[] = asks,
): void {
  const [one, other] = [decisions(before, asks).map(told), decisions(after, others).map(told)];
  demand(one.join() === other.join(), () => `${one} became ${other}: ${JSON.stringify({ before, after, asks })}`);
}

/** Every document of the world, changed. */
export function mapDocuments(world: World, change: (document: Document) => Document): World {
  const { boundary, endpoint, keyPolicy } = world;
  return {
    ...world,
    keyPolicy: keyPolicy && change(keyPolicy),
    identity: world.identity.map(change),
    boundary: boundary && change(boundary),
    session: world.session.map(change),
    scps: world.scps?.map((level) => level.map(change)),
    rcps: world.rcps.map(change),
    endpoint: endpoint && change(endpoint),
  };
}

export const withoutPrincipal = (document: Document): Document =>
  document.map(({ Principal: _principal, NotPrincipal: _notPrincipal, ...rest }) => rest);
