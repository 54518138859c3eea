// TagResource: https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html

import { describe, expect, test } from 'vitest';
import { admin, TestEngine, texts } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'TagResource',
  prepare: () => (KeyId) => ({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'works',
});

const tag = (TagKey: string, TagValue = '') => ({ TagKey, TagValue });

describe('TagResource', () => {
  // Recording update-and-add-tags.
  test('adds and overwrites', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: [tag('a', '1'), tag('b', '2')] });
    expect(engine.call('TagResource', { KeyId, Tags: [tag('c', '3'), tag('a', '4')] })).toStrictEqual({});
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toEqual([tag('a', '4'), tag('b', '2'), tag('c', '3')]);
  });

  test('with nothing changes nothing', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: [tag('a', '1')] });
    engine.call('TagResource', { KeyId, Tags: [] });
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toEqual([tag('a', '1')]);
  });

  test.each([
    [[tag('aws:x')], 'Tags beginning with aws: are reserved'],
    [[tag('AwS:x')], 'Tags beginning with aws: are reserved'],
    [[tag('x'), tag('x')], 'Duplicate tag keys'],
    [Array.from({ length: 51 }, (_, at) => tag(`k${at}`)), 'Too many tags'],
  ])('%# is a TagException: %s', (Tags, message) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('TagResource', { KeyId, Tags })).toEqual({ code: 'TagException', message });
  });

  test('the case of a key matters', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    engine.call('TagResource', { KeyId, Tags: [tag('a'), tag('A')] });
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toHaveLength(2);
  });

  // Recordings create-key-tag-key-too-long, create-key-tag-value-too-long.
  test.each([
    [tag('k'.repeat(129)), `Value '${'k'.repeat(129)}' at 'tags.1.member.tagKey'`, 128],
    [tag('k', 'v'.repeat(257)), `Value '${'v'.repeat(257)}' at 'tags.1.member.tagValue'`, 256],
  ])('lengths are limited', (tooLong, what, limit) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('TagResource', { KeyId, Tags: [tooLong] })).toEqual({
      code: 'ValidationException',
      message: `1 validation error detected: ${what} failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    });
  });

  test('the 50th tag fits, the 51st does not, an overwritten one always does', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey({ Tags: Array.from({ length: 49 }, (_, at) => tag(`k${at}`)) });
    engine.call('TagResource', { KeyId, Tags: [tag('last')] });
    expect(engine.refusal('TagResource', { KeyId, Tags: [tag('more')] })).toEqual({
      code: 'TagException',
      message: 'Too many tags',
    });
    engine.call('TagResource', { KeyId, Tags: [tag('last', 'x'), tag('k0', 'y')] });
    expect(engine.call('ListResourceTags', { KeyId }).Tags).toHaveLength(50);
  });

  test('an AWS managed key takes none', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.call('DescribeKey', { KeyId: 'alias/aws/s3' }).KeyMetadata ?? {};
    expect(engine.refusal('TagResource', { KeyId: Arn, Tags: [tag('a')] })).toEqual({
      code: 'AccessDeniedException',
      message: texts.noKeyPolicy(admin, 'kms:TagResource', Arn),
    });
  });
});
