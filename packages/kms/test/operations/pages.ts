// Walks through the pages of a list, and what holds for every list that has pages.

import { expect, test } from 'vitest';
import type { Caller } from '../../src/operation.ts';
import { admin, TestEngine } from '../engine.ts';

export type Listing =
  | 'ListAliases'
  | 'ListGrants'
  | 'ListKeyRotations'
  | 'ListKeys'
  | 'ListResourceTags'
  | 'ListRetirableGrants';

const memberOf = {
  ListAliases: 'Aliases',
  ListGrants: 'Grants',
  ListKeyRotations: 'Rotations',
  ListKeys: 'Keys',
  ListResourceTags: 'Tags',
  ListRetirableGrants: 'Grants',
} as const;

/** What a question for a list has beside Limit and Marker. */
export interface Question {
  readonly KeyId?: string;
  readonly RetiringPrincipal?: string;
  readonly IncludeKeyMaterial?: 'ALL_KEY_MATERIAL' | 'ROTATIONS_ONLY';
}

export interface Page {
  readonly items: readonly object[];
  readonly NextMarker: string | undefined;
}

export function page(
  engine: TestEngine,
  operation: Listing,
  question: Question & { readonly Limit?: number | undefined; readonly Marker?: string | undefined },
  by: Caller = admin,
): Page {
  // Every one of them has at least this input.
  const answer = engine.call(operation, question as { KeyId: string }, by) as Readonly<Record<string, unknown>>;
  const { [memberOf[operation]]: items, NextMarker, Truncated, ...rest } = answer;
  expect(rest).toStrictEqual({});
  expect(Truncated).toBe(NextMarker !== undefined);
  // Absent, not undefined.
  expect(Object.hasOwn(answer, 'NextMarker')).toBe(Truncated);
  return { items: items as readonly object[], NextMarker: NextMarker as string | undefined };
}

/** All items, through all pages; `between` happens after each page but the last. */
export function walk(
  engine: TestEngine,
  operation: Listing,
  question: Question,
  Limit: number | undefined,
  between: (page: Page) => void = () => {},
): object[] {
  const all: object[] = [];
  let Marker: string | undefined;
  do {
    const { items, NextMarker } = page(engine, operation, { ...question, Limit, Marker });
    expect(items.length).toBeLessThanOrEqual(Limit ?? Number.POSITIVE_INFINITY);
    if (NextMarker !== undefined) expect(items.length).toBeGreaterThan(0);
    all.push(...items);
    Marker = NextMarker;
    if (Marker !== undefined) between({ items, NextMarker });
  } while (Marker !== undefined);
  return all;
}

export interface PagedList {
  readonly operation: Listing;
  /** Fills a list with `count` entries and returns the question for it. */
  fill(engine: TestEngine, count: number): Question;
  readonly defaultLimit: number;
  /** The greatest Limit that counts; more is as much. */
  readonly most: number;
}

export function pages({ operation, fill, defaultLimit, most }: PagedList): void {
  test('every page size shows each entry exactly once, in one order', () => {
    const engine = new TestEngine();
    const question = fill(engine, 7);
    const whole = walk(engine, operation, question, undefined);
    expect(whole).toHaveLength(7);
    for (let limit = 1; limit <= 8; limit++) expect(walk(engine, operation, question, limit)).toEqual(whole);
  });

  test('a full last page says that it is the last', () => {
    const engine = new TestEngine();
    const question = fill(engine, 4);
    expect(page(engine, operation, { ...question, Limit: 4 }).NextMarker).toBeUndefined();
    expect(page(engine, operation, { ...question, Limit: 3 }).NextMarker).toBeDefined();
  });

  test(`${defaultLimit} entries a page when nothing else is said`, () => {
    const engine = new TestEngine();
    const question = fill(engine, Math.min(defaultLimit, 25));
    expect(walk(engine, operation, question, undefined)).toHaveLength(Math.min(defaultLimit, 25));
    // Where so many are allowed.
    if (operation === 'ListResourceTags' || operation === 'ListKeyRotations') return;
    const more = fill(engine, Math.max(defaultLimit, most) + 1);
    expect(page(engine, operation, more).items).toHaveLength(defaultLimit);
    expect(page(engine, operation, { ...more, Limit: 1000 }).items).toHaveLength(most);
  });

  test.each([0, -1, 1001])('Limit %i is refused', (Limit) => {
    const engine = new TestEngine();
    const question = fill(engine, 1);
    const words = Limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 1000';
    expect(engine.refusal(operation, { ...question, Limit } as { KeyId: string })).toEqual({
      code: 'ValidationException',
      message: `1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${words}`,
    });
  });

  test('a marker that was altered, cut, made up or given for another list is refused', () => {
    const engine = new TestEngine();
    const question = fill(engine, 3);
    const { NextMarker = '' } = page(engine, operation, { ...question, Limit: 1 });
    const other = new TestEngine({ seed: 'another' });
    const foreign = page(other, operation, { ...fill(other, 3), Limit: 1 }).NextMarker ?? '';
    const altered = Array.from(
      NextMarker,
      (char, at) => NextMarker.slice(0, at) + (char === 'A' ? 'B' : 'A') + NextMarker.slice(at + 1),
    );
    const cut = [NextMarker.slice(0, -4), NextMarker.slice(4), NextMarker.slice(0, 8)];
    for (const Marker of [...altered, ...cut, foreign, 'x', 'AAAA', `${NextMarker}AAAA`]) {
      expect(engine.refusal(operation, { ...question, Marker } as { KeyId: string })).toEqual({
        code: 'InvalidMarkerException',
        message: 'Invalid marker.',
      });
    }
  });
}
