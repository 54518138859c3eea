// The service's own events, where the effects happen.

import { describe, expect, test } from 'vitest';
import type { CloudTrailRecord } from '../../src/audit/record.ts';
import { abroad, dayMs, home, ours, TestEngine } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { arnIn, ireland, RelatedKeys, west } from '../multi-region/world.ts';
import { Importer, octets } from '../operations/import-suite.ts';

await librariesLoaded();

const keep = 1_000;

function named(engine: TestEngine, name: string): readonly CloudTrailRecord[] {
  engine.kms.advance();
  return (engine.kms.trail?.records() ?? []).filter(({ eventName }) => eventName === name);
}

const internal = {
  userIdentity: { accountId: ours, invokedBy: 'AWS Internal' },
  eventSource: 'kms.amazonaws.com',
  sourceIPAddress: 'AWS Internal',
  userAgent: 'AWS Internal',
  requestParameters: null,
  readOnly: false,
  managementEvent: true,
  recipientAccountId: ours,
  eventCategory: 'Management',
};

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html
describe('RotateKey', () => {
  test('by itself, on demand, and late for a key that was disabled on its date', () => {
    const engine = new TestEngine({ keep });
    const { KeyId, Arn, CurrentKeyMaterialId: first } = engine.createKey();
    engine.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    engine.wait(90 * dayMs);
    const [automatic] = named(engine, 'RotateKey');
    const current = () => engine.call('DescribeKey', { KeyId }).KeyMetadata?.CurrentKeyMaterialId;
    const second = current();
    expect(automatic).toMatchObject({
      ...internal,
      eventTime: '2026-04-01T00:00:00Z',
      eventType: 'AwsServiceEvent',
      responseElements: null,
      resources: [{ accountId: ours, type: 'AWS::KMS::Key', ARN: Arn }],
      serviceEventDetails: {
        rotationType: 'AUTOMATIC',
        keyOrigin: 'AWS_KMS',
        previousKeyMaterialId: first,
        currentKeyMaterialId: second,
        keyId: KeyId,
      },
    });
    expect(automatic).not.toHaveProperty('requestID');
    engine.call('RotateKeyOnDemand', { KeyId });
    engine.wait(dayMs);
    expect(named(engine, 'RotateKey').map(({ serviceEventDetails }) => serviceEventDetails?.['rotationType'])).toEqual([
      'AUTOMATIC',
      'ON_DEMAND',
    ]);
    engine.call('DisableKey', { KeyId });
    engine.wait(100 * dayMs);
    expect(named(engine, 'RotateKey')).toHaveLength(2);
    engine.call('EnableKey', { KeyId });
    expect(named(engine, 'RotateKey')).toHaveLength(3);
    expect(named(engine, 'RotateKey').at(-1)?.serviceEventDetails?.['currentKeyMaterialId']).toBe(current());
  });

  test('of a key with replicas in the Region of the primary alone', () => {
    const keys = new RelatedKeys({}, new TestEngine({ keep })).replicate(west);
    keys.call(home, 'RotateKeyOnDemand');
    keys.wait(60_000);
    expect(named(keys.engine, 'RotateKey').map(({ awsRegion }) => awsRegion)).toEqual([home]);
  });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-delete-key.html
test('DeleteKey when the waiting period is over, and not before', () => {
  const engine = new TestEngine({ keep });
  const { KeyId, Arn } = engine.createKey();
  engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
  engine.wait(7 * dayMs - 1);
  expect(named(engine, 'DeleteKey')).toEqual([]);
  engine.wait(1);
  expect(named(engine, 'DeleteKey')).toMatchObject([
    { ...internal, eventType: 'AwsServiceEvent', responseElements: { keyId: Arn }, resources: [{ ARN: Arn }] },
  ]);
  expect(named(engine, 'DeleteKey')[0]).not.toHaveProperty('serviceEventDetails');
});

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-deleteexpiredkeymaterial.html
test('DeleteExpiredKeyMaterial at the instant of ValidTo', () => {
  const importer = new Importer(new TestEngine({ keep }));
  const { engine, key } = importer;
  const ValidTo = new Date(engine.now + 3_600_000);
  const keyMaterialId = importer.import(octets(1), { ValidTo, ExpirationModel: 'KEY_MATERIAL_EXPIRES' });
  engine.wait(3_600_000);
  expect(named(engine, 'DeleteExpiredKeyMaterial')).toMatchObject([
    {
      ...internal,
      eventTime: '2026-01-01T01:00:00Z',
      eventType: 'AwsServiceEvent',
      responseElements: null,
      resources: [{ ARN: key.Arn }],
      serviceEventDetails: { keyId: key.KeyId, keyMaterialId },
    },
  ]);
});

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-synchronize-multi-region-key.html
describe('SynchronizeMultiRegionKey', () => {
  test('is one for each replica that is made, and names the primary alone', () => {
    const keys = new RelatedKeys({}, new TestEngine({ keep }));
    keys.replicate(west);
    expect(named(keys.engine, 'SynchronizeMultiRegionKey')).toMatchObject([
      {
        ...internal,
        awsRegion: home,
        eventType: 'AwsApiCall',
        requestID: expect.any(String),
        responseElements: { keyId: arnIn(home, keys.id) },
        resources: [{ ARN: arnIn(home, keys.id) }],
      },
    ]);
    keys.replicate(ireland);
    expect(named(keys.engine, 'SynchronizeMultiRegionKey')).toHaveLength(2);
  });

  test('is one for each change that is shared, however many replicas take it in and however often it arrives', () => {
    // Every message comes three times.
    const network = (_from: string, _to: string, at: number) => [at + 1_000, at + 1_500, at + 2_000];
    const keys = new RelatedKeys({}, new TestEngine({ keep, network })).replicate(west, ireland);
    const before = named(keys.engine, 'SynchronizeMultiRegionKey').length;
    keys.call(home, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
    keys.settle();
    expect(named(keys.engine, 'SynchronizeMultiRegionKey')).toHaveLength(before + 1);
    keys.call(home, 'TagResource', { Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    keys.settle();
    expect(named(keys.engine, 'SynchronizeMultiRegionKey')).toHaveLength(before + 1);
  });

  test('names the new primary when the role has changed hands', () => {
    const keys = new RelatedKeys({}, new TestEngine({ keep })).replicate(abroad);
    keys.call(home, 'UpdatePrimaryRegion', { PrimaryRegion: abroad });
    keys.wait(20_000);
    expect(named(keys.engine, 'SynchronizeMultiRegionKey').map(({ awsRegion }) => awsRegion)).toEqual([home, abroad]);
  });
});

test('ids differ, and are the same on every run', () => {
  const ids = (): readonly string[] => {
    const keys = new RelatedKeys({}, new TestEngine({ keep })).replicate(west, ireland);
    keys.call(home, 'RotateKeyOnDemand');
    keys.wait(60_000);
    return (keys.engine.kms.trail?.records() ?? []).map(({ eventID }) => eventID);
  };
  const first = ids();
  expect(new Set(first).size).toBe(first.length);
  expect(ids()).toEqual(first);
});
