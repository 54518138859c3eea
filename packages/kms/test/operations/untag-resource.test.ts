// UntagResource: https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html

import { describe, expect, test } from 'vitest';
import { TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'UntagResource',
  prepare: () => (KeyId) => ({ KeyId, TagKeys: ['a'] }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'works',
});

const tag = (TagKey: string, TagValue = '') => ({ TagKey, TagValue });

describe('UntagResource', () => {
  // Recording untag-key-partially.
  test('takes off the tags that are there, by exact key', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: [tag('a'), tag('b'), tag('c')] });
    expect(engine.call('UntagResource', { KeyId, TagKeys: ['a', 'c', 'B', 'none', 'a'] })).toStrictEqual({});
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toEqual([tag('b')]);
  });

  test('twice is no error', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: [tag('a')] });
    for (let time = 0; time < 2; time++) engine.call('UntagResource', { KeyId, TagKeys: ['a'] });
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toEqual([]);
  });

  test('a key longer than any tag key is refused', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    const { code, message } = engine.refusal('UntagResource', { KeyId, TagKeys: ['k'.repeat(129)] });
    expect(code).toBe('ValidationException');
    expect(message).toContain("at 'tagKeys'");
  });
});
