// What KMS asks of tags. https://docs.aws.amazon.com/kms/latest/developerguide/tagging-keys.html

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import { resourceQuotas } from '../tables/resource-quotas.ts';
import type { KeyRecord, Tag, TagRecord } from './records.ts';
import { remembering, spreadAt } from './spreading.ts';

/** TagException, as recorded: create-key-reserved-tag-*, tag-duplicate-keys, create-key-too-many-tags. */
export function checkTags(tags: readonly Tag[]): void {
  // The check ignores case, the message does not.
  if (tags.some(({ TagKey }) => TagKey.toLowerCase().startsWith('aws:')))
    fail('TagException', 'Tags beginning with aws: are reserved');
  if (new Set(tags.map(({ TagKey }) => TagKey)).size < tags.length) fail('TagException', 'Duplicate tag keys');
  requireTagQuota(tags.length);
}

export function requireTagQuota(count: number): void {
  const { limit, code, template } = resourceQuotas.tagsPerKey;
  if (count > limit) fail(code, template);
}

/** The key has these tags now, and conditions see them when that has spread. */
export function setTags(call: Call, key: KeyRecord, tags: readonly TagRecord[]): void {
  const until = spreadAt(call, 'tags');
  call.setKey({ ...remembering(key, 'tags', key.tags, { now: call.now, until }), tags });
}

/**
 * The tags of a key after request number `request` put these: an overwritten one stays in its place (recording update-and-add-tags).
 * A new one's place is behind all that ever were, so that a list in pages shows each tag once.
 */
export function withTags(before: readonly TagRecord[], put: readonly Tag[], request: number): readonly TagRecord[] {
  if (put.length === 0) return before;
  const tags = new Map(before.map((tag) => [tag.TagKey, tag]));
  // Markers count from 1. A request puts at most 50.
  let next = request * 64 + 1;
  for (const { TagKey, TagValue } of put) {
    const ordinal = tags.get(TagKey)?.ordinal ?? next++;
    tags.set(TagKey, { TagKey, TagValue, ordinal });
  }
  return [...tags.values()];
}
