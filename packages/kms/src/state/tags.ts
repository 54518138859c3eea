// What KMS asks of tags. https://docs.aws.amazon.com/kms/latest/developerguide/tagging-keys.html

import { fail } from '../api/errors.ts';
import { resourceQuotas } from '../tables/resource-quotas.ts';
import type { Tag } from './records.ts';

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
