// TagResource: https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { checkTags, requireTagQuota, setTags, withTags } from '../state/tags.ts';

export const tagResource: Operation<'TagResource', KeyRecord> = {
  enter: (call) => {
    checkTags(call.input.Tags);
    return enterKey(call);
  },
  run: (call, key) => {
    const tags = withTags(key.tags, call.input.Tags, call.request);
    requireTagQuota(tags.length);
    setTags(call, key, tags);
    return {};
  },
};
