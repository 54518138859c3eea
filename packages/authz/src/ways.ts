// Ways to an Allow: sets of conditions, each of them enough. Few are told where many come to the same.

import { foldName } from './condition-keys.ts';
import type { PolicyType } from './policy-type.ts';

/** A condition on something that is not known, as its statement writes it. */
export interface OpenCondition {
  readonly policyType: PolicyType | 'grant';
  /** The name of the policy; the id of the grant. */
  readonly policy: string;
  readonly statement: number;
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export type Conditions = readonly OpenCondition[];

export interface Possibility {
  /** Each is enough, where all of its conditions hold; one without conditions always is. None: it is never allowed. */
  readonly ways: readonly Conditions[];
  /** There are more ways than are listed. */
  readonly more?: true;
  /** Where all conditions of one of these hold, a Deny applies whatever else does. */
  readonly unless: readonly Conditions[];
}

// More than anybody reads, and few enough to be made at once.
const MOST = 1_000;

/** Without those that ask for all that another one asks for, and more. */
export function fewest(ways: readonly Conditions[]): readonly Conditions[] {
  const all = ways.map((conditions, at): Way => ({ at, conditions, texts: new Set(conditions.map(conditionText)) }));
  const uses = new Map<string, number>();
  for (const { texts } of all) for (const text of texts) uses.set(text, (uses.get(text) ?? 0) + 1);
  // What is within a way is filed under one of its conditions: the one that the fewest have, so that few are looked through.
  const filed = new Map<string, Way[]>();
  const kept: Way[] = [];
  let always: Way | undefined;
  for (const way of all.toSorted((a, b) => a.texts.size - b.texts.size || a.at - b.at)) {
    const within = (other: Way): boolean => isWithin(other.texts, way.texts);
    if (always !== undefined || [...way.texts].some((text) => filed.get(text)?.some(within))) continue;
    kept.push(way);
    const [first, ...rest] = way.texts;
    if (first === undefined) always = way;
    else
      file(
        filed,
        rest.reduce((least, text) => ((uses.get(text) ?? 0) < (uses.get(least) ?? 0) ? text : least), first),
        way,
      );
  }
  return kept.sort((a, b) => a.at - b.at).map(({ conditions }) => conditions);
}

/** All of them are needed, and a Deny of one is enough. */
export function allOf(possibilities: readonly Possibility[]): Possibility {
  const [first, ...rest] = possibilities;
  const unless = distinct(possibilities.flatMap((one) => one.unless));
  if (first === undefined) return { ways: [], unless };
  let more = possibilities.some((one) => one.more);
  let ways = fewest(first.ways);
  for (const possibility of rest) {
    const both = combined(ways, fewest(possibility.ways));
    ways = both.ways;
    more ||= both.more;
  }
  return { ways, ...(more && { more }), unless };
}

// (a or c) and (b or c) is c or (a and b): what both sides have in common need not be put together with anything.
function combined(
  left: readonly Conditions[],
  right: readonly Conditions[],
): { ways: readonly Conditions[]; more: boolean } {
  const [leftTexts, rightTexts] = [left, right].map((ways) => new Set(ways.map(wayText)));
  const common = left.filter((way) => rightTexts?.has(wayText(way)));
  const others = right.filter((way) => !leftTexts?.has(wayText(way)));
  const found = [...common];
  for (const one of left) {
    if (rightTexts?.has(wayText(one))) continue;
    for (const other of others) {
      if (found.length >= MOST) return { ways: fewest(found), more: true };
      found.push(distinct([...one, ...other]));
    }
  }
  return { ways: fewest(found), more: false };
}

interface Way {
  readonly at: number;
  readonly conditions: Conditions;
  readonly texts: ReadonlySet<string>;
}

function file(filed: Map<string, Way[]>, text: string, way: Way): void {
  const list = filed.get(text);
  if (list === undefined) filed.set(text, [way]);
  else list.push(way);
}

function wayText(way: Conditions): string {
  return JSON.stringify([...new Set(way.map(conditionText))].sort());
}

function conditionText({ key, operator, values }: OpenCondition): string {
  return JSON.stringify([operator, foldName(key), values]);
}

function isWithin(few: ReadonlySet<string>, many: ReadonlySet<string>): boolean {
  for (const one of few) if (!many.has(one)) return false;
  return true;
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
