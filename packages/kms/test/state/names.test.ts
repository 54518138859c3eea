// Names of keys and aliases: ids, ARNs, partitions.

import { describe, expect, test } from 'vitest';
import { arnPrefix, isKeyId, parseArn, partitionOf } from '../../src/state/names.ts';
import { ours } from '../engine.ts';

describe('partitionOf', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html and the partitions file of the AWS SDKs.
  test.each([
    ['us-east-1', 'aws'],
    ['eu-central-2', 'aws'],
    ['mx-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s is in %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
    expect(arnPrefix(ours, region)).toBe(`arn:${partition}:kms:${region}:${ours}:`);
  });
});

describe('isKeyId', () => {
  // Recordings describe-malformed-key-id, describe-nonexistent-key, create-multi-region-key.
  test.each(['1234abcd-12ab-34cd-56ef-1234567890ab', 'mrk-1234abcd12ab34cd56ef1234567890ab'])('%s is one', (id) => {
    expect(isKeyId(id)).toBe(true);
  });

  test.each([
    '',
    'x',
    '1234abcd12ab34cd56ef1234567890ab',
    '1234ABCD-12AB-34CD-56EF-1234567890AB',
    '1234abcd-12ab-34cd-56ef-1234567890a',
    '1234abcd-12ab-34cd-56ef-1234567890abc',
    ' 1234abcd-12ab-34cd-56ef-1234567890ab',
    '1234abcd-12ab-34cd-56ef-1234567890ab\n',
    'mrk-1234abcd-12ab-34cd-56ef-1234567890ab',
    'mrk-1234abcd12ab34cd56ef1234567890a',
    'MRK-1234abcd12ab34cd56ef1234567890ab',
    'key/1234abcd-12ab-34cd-56ef-1234567890ab',
    '__proto__',
    'constructor',
  ])('%j is none', (id) => {
    expect(isKeyId(id)).toBe(false);
  });
});

describe('parseArn', () => {
  test.each([
    ['key/k', 'key', 'k'],
    ['key/a/b', 'key', 'a/b'],
    ['alias/a', 'alias', 'alias/a'],
    ['alias/a/b', 'alias', 'alias/a/b'],
    ['alias/a:b', 'alias', 'alias/a:b'],
  ])('takes ...:%s apart', (resource, kind, name) => {
    expect(parseArn(`arn:aws-cn:kms:cn-north-1:${ours}:${resource}`)).toStrictEqual({
      partition: 'aws-cn',
      region: 'cn-north-1',
      account: ours,
      kind,
      name,
    });
  });

  test.each([
    '',
    'arn',
    'arn:aws:kms',
    `arn:aws:kms:us-east-1:${ours}`,
    `arn:aws:kms:us-east-1:${ours}:`,
    `arn:aws:kms:us-east-1:${ours}:key`,
    `arn:aws:kms:us-east-1:${ours}:key/`,
    `arn:aws:kms:us-east-1:${ours}:alias/`,
    `arn:aws:kms:us-east-1:${ours}:grant/x`,
    `arn:aws:kms::${ours}:key/x`,
    'arn:aws:kms:us-east-1::key/x',
    'arn:aws:kms:us-east-1:12345:key/x',
    'arn:aws:kms:us-east-1:12345678901x:key/x',
    `arn:aws:s3:us-east-1:${ours}:key/x`,
    `arn:gcp:kms:us-east-1:${ours}:key/x`,
    `ARN:aws:kms:us-east-1:${ours}:key/x`,
    ` arn:aws:kms:us-east-1:${ours}:key/x`,
  ])('finds nothing in %j', (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});
