// What Terraform calls no change: each attribute has a likeness of its own.

import { isDeepStrictEqual } from 'node:util';
import type { Likeness } from './calls.ts';
import { policiesAreEquivalent } from './policies-equivalent.ts';

interface Tag {
  readonly TagKey?: string;
  readonly TagValue?: string;
}

const likenesses: Readonly<Record<Likeness, (one: unknown, other: unknown) => boolean>> = {
  policy: (one, other) => typeof one === 'string' && typeof other === 'string' && policiesAreEquivalent(one, other),
  tags: (one, other) => isDeepStrictEqual(tagMap(one), tagMap(other)),
  set: (one, other) => isDeepStrictEqual([...(one as string[])].sort(), [...(other as string[])].sort()),
  instant: (one, other) => second(one) === second(other),
  letter: isDeepStrictEqual,
};

export function areAlike(one: unknown, other: unknown, as: Likeness = 'letter'): boolean {
  return likenesses[as](one, other);
}

/** Tags as a configuration has them. */
export function tagMap(tags: unknown): Readonly<Record<string, string>> {
  if (!Array.isArray(tags)) return (tags ?? {}) as Record<string, string>;
  const rows = (tags as readonly Tag[]).map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue] as const);
  return Object.fromEntries(rows);
}

/** Tags as KMS takes them; undefined where there are none, as the provider then sends no member. */
export function tagList(tags: Readonly<Record<string, string>>): readonly Tag[] | undefined {
  const rows = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  return rows.length === 0 ? undefined : rows;
}

// RFC 3339 to the second, as the provider formats an instant.
function second(value: unknown): string {
  return value instanceof Date ? value.toISOString().replace(/\.\d+Z$/, 'Z') : String(value);
}
