// Laws of whole worlds: every layer, grants and conditions, drawn by the dice of the brute-force comparison.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Decision } from '../src/decision.ts';
import { Dice, drawAsk, drawWorld } from './brute-force/draw.ts';
import { compile, decide } from './brute-force/first.ts';
import type { Ask, Document, World } from './brute-force/world.ts';
import { recomputed } from './recomputed.ts';

const drawn = fc.integer().map((seed) => {
  const dice = new Dice(seed);
  const world = drawWorld(dice);
  return { world, asks: [drawAsk(dice), drawAsk(dice), drawAsk(dice)], extra: drawWorld(dice) };
});
const RUNS = { numRuns: 700 };
const all = (world: World, asks: readonly Ask[]): readonly Decision[] => {
  const compiled = compile(world);
  return asks.map((ask) => decide(compiled, ask));
};
const allows = ({ outcome }: Decision): boolean => outcome === 'Allow';

describe('a layer that limits', () => {
  const layers: readonly (readonly [string, (extra: World) => Partial<World>])[] = [
    ['an SCP level', ({ keyPolicy }) => ({ scps: [[withoutPrincipal(keyPolicy ?? [])]] })],
    ['an RCP', ({ keyPolicy }) => ({ rcps: [keyPolicy ?? []] })],
    ['a boundary', ({ keyPolicy }) => ({ boundary: withoutPrincipal(keyPolicy ?? []) })],
    ['a session policy', ({ keyPolicy }) => ({ session: [withoutPrincipal(keyPolicy ?? [])] })],
    ['an endpoint policy', ({ keyPolicy }) => ({ endpoint: keyPolicy })],
  ];

  test.each(layers)('%s only takes away', (_name, more) => {
    fc.assert(
      fc.property(drawn, ({ world, asks, extra }) => {
        fc.pre(extra.keyPolicy !== undefined);
        const bare: World = {
          ...world,
          scps: undefined,
          rcps: [],
          boundary: undefined,
          session: [],
          endpoint: undefined,
        };
        const before = all(bare, asks).map(allows);
        const after = all({ ...bare, ...more(extra) }, asks).map(allows);
        for (const [index, allowed] of after.entries()) expect(allowed && !before[index]).toBe(false);
      }),
      { numRuns: 250 },
    );
  });

  test.prop([drawn], RUNS)('a key policy gets no wider by losing a statement that allows', ({ world, asks }) => {
    const before = all(world, asks).map(allows);
    const allow = world.keyPolicy?.findIndex(({ Effect }) => Effect === 'Allow') ?? -1;
    fc.pre(allow >= 0 && world.keyPolicy !== undefined && world.keyPolicy.length > 1);
    const keyPolicy = world.keyPolicy?.filter((_, index) => index !== allow);
    const after = all({ ...world, keyPolicy }, asks).map(allows);
    for (const [index, allowed] of after.entries()) expect(allowed && !before[index]).toBe(false);
  });
});

describe('what is the same', () => {
  test.prop([drawn], RUNS)('one statement over many principals, as many statements of one', ({ world, asks }) => {
    const split = (document: Document): Document =>
      document.flatMap((statement) => {
        const { Principal, ...rest } = statement;
        if (typeof Principal !== 'object' || Principal === null) return [statement];
        return Object.entries(Principal).flatMap(([kind, names]) =>
          [names].flat().map((name) => ({ ...rest, Principal: { [kind]: name } })),
        );
      });
    const divided = { ...world, keyPolicy: world.keyPolicy && split(world.keyPolicy) };
    expect(all(divided, asks).map(reasonOf)).toEqual(all(world, asks).map(reasonOf));
  });

  test.prop([drawn], RUNS)('accounts, principals and keys by other names', ({ world, asks }) => {
    // Names of the same length, none part of another, and none that a pattern of the universe tells apart.
    const rename = <T>(value: T): T =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll('444455556666', '999900001111')
          .replaceAll(/\bApp\b/g, 'Web')
          .replaceAll(/\bs1\b/g, 'z9')
          .replaceAll('us-west-2', 'eu-west-1')
          .replaceAll('team/', 'crew/'),
        (_key, inner) => inner,
      );
    // JSON has no undefined: what was absent stays absent.
    expect(all(rename(world), rename(asks)).map(decidedBy)).toEqual(all(world, asks).map(decidedBy));
  });

  test.prop([drawn], RUNS)('every document in the newest or the oldest order of its keys', ({ world, asks }) => {
    const turned = (document: Document): Document =>
      document.map((statement) => Object.fromEntries(Object.entries(statement).toReversed()));
    const keyPolicy = world.keyPolicy && turned(world.keyPolicy);
    expect(all({ ...world, keyPolicy, identity: world.identity.map(turned) }, asks).map(decidedBy)).toEqual(
      all(world, asks).map(decidedBy),
    );
  });
});

describe('the trace', () => {
  test.prop([drawn], RUNS)('alone gives the decision again', ({ world, asks }) => {
    for (const decision of all(world, asks)) expect(recomputed(decision)).toBe(decision.outcome);
  });

  test.prop([drawn], RUNS)('has what decided as a statement or a grant that counts', ({ world, asks }) => {
    for (const { outcome, decidedBy: by, considered, request } of all(world, asks)) {
      const found = considered.find(
        (trace) =>
          trace.policyType === by?.policyType && trace.policy === by.policy && trace.statement === by.statement,
      );
      if (outcome === 'ImplicitDeny') expect(by).toBeUndefined();
      else if (by === undefined) expect(request.principal.kind).toBe('root');
      else expect(found).toMatchObject({ matched: true, effect: outcome === 'Allow' ? 'Allow' : 'Deny' });
    }
  });

  test.prop([drawn], RUNS)('says of every statement that does not count why not', ({ world, asks }) => {
    for (const { considered } of all(world, asks)) {
      for (const { matched, mismatch, notEvaluated } of considered) {
        expect(matched).toBe(mismatch === undefined && (notEvaluated.length === 0 || matched));
        if (mismatch?.element === 'Condition') expect(mismatch.key).toBeTypeOf('string');
      }
    }
  });
});

function withoutPrincipal(document: Document): Document {
  return document.map(({ Principal: _principal, NotPrincipal: _notPrincipal, ...rest }) => rest);
}

const reasonOf = ({ outcome, reason }: Decision): string => `${outcome}: ${reason}`;
const decidedBy = (decision: Decision): unknown => [reasonOf(decision), decision.decidedBy];
