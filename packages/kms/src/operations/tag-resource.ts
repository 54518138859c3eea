// TagResource: https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { checkTags, requireTagQuota } from '../state/tags.ts';

export const tagResource: Operation<'TagResource', KeyRecord> = {
  enter: (call) => {
    checkTags(call.input.Tags);
    return enterKey(call);
  },
  run: (call, key) => {
    const tags = new Map(key.tags.map((tag) => [tag.TagKey, tag]));
    // An overwritten tag stays in its place (recording update-and-add-tags).
    for (const tag of call.input.Tags) tags.set(tag.TagKey, tag);
    requireTagQuota(tags.size);
    call.setKey({ ...key, tags: [...tags.values()] });
    return {};
  },
};
