// UntagResource: https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { setTags } from '../state/tags.ts';

export const untagResource: Operation<'UntagResource', KeyRecord> = {
  enter: enterKey,
  run: (call, key) => {
    // A key that is not there is no error.
    const gone = new Set(call.input.TagKeys);
    setTags(
      call,
      key,
      key.tags.filter(({ TagKey }) => !gone.has(TagKey)),
    );
    return {};
  },
};
