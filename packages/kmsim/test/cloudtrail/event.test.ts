import { describe, expect, test } from 'vitest';
import { eventOf, type KmsEvent } from '../../src/cloudtrail/event.ts';
import { account, decrypt, keyArn, record, refused } from './log.ts';

function event(value: unknown): KmsEvent {
  const found = eventOf(value);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

describe('a record is found', () => {
  const one = decrypt('acme');
  const inner = JSON.stringify(one);
  test.each([
    ['as an object', one],
    ['as text', inner],
    ['in what lookup-events prints', { EventId: 'x', CloudTrailEvent: inner }],
    ['in an event of EventBridge', { 'detail-type': 'AWS API Call via CloudTrail', detail: one }],
    ['in what filter-log-events prints', { logStreamName: 'x', message: inner }],
  ])('%s', (_name, value) => {
    expect(event(value)).toMatchObject({ operation: 'Decrypt', region: 'us-east-1', keys: [keyArn] });
  });
});

test.each([
  [{}, 'unreadable'],
  [null, 'unreadable'],
  ['{', 'unreadable'],
  [7, 'unreadable'],
  [{ ...decrypt('acme'), eventTime: 'yesterday' }, 'unreadable'],
  [{ message: { message: { message: { message: { message: decrypt('acme') } } } } }, 'unreadable'],
  [{ ...decrypt('acme'), eventSource: 's3.amazonaws.com' }, 'another service'],
])('what is none: %j', (value, why) => {
  expect(eventOf(value)).toBe(why);
});

describe('the keys of an event', () => {
  const bare = '1234abcd-12ab-34cd-56ef-1234567890ab';
  test.each([
    ['its resources, without the alias', { resources: [{ ARN: keyArn.replace(/key.*/, 'alias/a') }, { ARN: keyArn }] }],
    ['the words of a refusal', refused('Decrypt')],
    ['an ARN that was sent', { resources: [], requestParameters: { keyId: keyArn } }],
    ['an id that was sent', { resources: [], requestParameters: { keyId: bare } }],
  ])('come from %s', (_name, members) => {
    expect(event(record({ eventName: 'DescribeKey', ...members })).keys).toEqual([keyArn]);
  });

  test('are none where nothing names one', () => {
    const requestParameters = { keyId: 'alias/orders' };
    expect(event(record({ eventName: 'DescribeKey', resources: [], requestParameters })).keys).toEqual([]);
  });
});

test.each([
  [{ eventName: 'RotateKey', eventType: 'AwsServiceEvent' }, true],
  [{ eventName: 'SynchronizeMultiRegionKey', userIdentity: { accountId: account, invokedBy: 'AWS Internal' } }, true],
  [{ eventName: 'UpdatePrimaryRegion', userIdentity: { type: 'IAMUser', invokedBy: 'kms.amazonaws.com' } }, true],
  [{ eventName: 'Decrypt', userIdentity: { type: 'AWSService', invokedBy: 'logs.amazonaws.com' } }, false],
])('%j is work of KMS itself: %j', (members, ofService) => {
  expect(event(record(members)).ofService).toBe(ofService);
});
