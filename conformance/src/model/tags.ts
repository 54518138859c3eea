// Tags of keys. The words: create-key-reserved-tag-*, tag-duplicate-keys, create-key-too-many-tags.

import type { Call } from './call.ts';
import type { Expectation } from './expectation.ts';
import { changing, keyNamed } from './names.ts';

export interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

const mostTags = 50;

export function checkTags(call: Call, tags: readonly Tag[], present: ReadonlyMap<string, unknown>): void {
  const keys = tags.map(({ TagKey }) => TagKey);
  if (new Set(keys).size < keys.length) call.object('TagException', 'Duplicate tag keys');
  if (keys.some((key) => /^aws:/i.test(key))) call.object('TagException', 'Tags beginning with aws: are reserved');
  if (new Set([...keys, ...present.keys()]).size <= mostTags) return;
  call.object('TagException', 'Too many tags');
  // What a key gets that has tags already is not recorded.
  if (present.size > 0) call.object('LimitExceededException');
}

export function tagResource(call: Call): Expectation {
  const tags = call.maybe<readonly Tag[]>('Tags') ?? [];
  checkTags(call, tags, new Map());
  const key = call.enter(keyNamed(call, 'KeyId'));
  call.settle();
  checkTags(call, tags, key.tags);
  call.settle();
  return call.success({}, () => {
    for (const { TagKey, TagValue } of tags) {
      const present = key.tags.get(TagKey);
      if (present === undefined) key.tags.set(TagKey, { value: TagValue });
      else present.value = TagValue;
    }
  });
}

export const untagResource: (call: Call) => Expectation = changing((key, call) => {
  for (const name of call.maybe<readonly string[]>('TagKeys') ?? []) key.tags.delete(name);
});
