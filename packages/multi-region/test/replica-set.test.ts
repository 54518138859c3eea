// What related keys say of each other.

import { describe, expect, test } from 'vitest';
import { lonePrimary } from '../src/related-key.ts';
import { describeReplicaSet, type ReplicaSet } from '../src/replica-set.ts';

const arnIn = (region: string): string => `arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const related = (region: string): { Arn: string; Region: string } => ({ Arn: arnIn(region), Region: region });

test('a new multi-Region key is a primary with an empty list of replicas', () => {
  // Recording create-multi-region-key.
  expect(describeReplicaSet(lonePrimary('us-east-1'), 'us-east-1', arnIn)).toEqual({
    MultiRegionKeyType: 'PRIMARY',
    PrimaryKey: related('us-east-1'),
    ReplicaKeys: [],
  });
});

describe('a primary with replicas', () => {
  const set: ReplicaSet = {
    ...lonePrimary('us-east-1'),
    replicas: ['us-west-2', 'ap-south-1', 'eu-west-1'],
  };

  // Recording replicate-key: the replica lists itself among the replicas.
  test.each([
    ['us-east-1', 'PRIMARY'],
    ['us-west-2', 'REPLICA'],
    ['ap-south-1', 'REPLICA'],
    ['eu-west-1', 'REPLICA'],
  ])('in %s it says %s and names all its relatives', (region, type) => {
    expect(describeReplicaSet(set, region, arnIn)).toEqual({
      MultiRegionKeyType: type,
      PrimaryKey: related('us-east-1'),
      ReplicaKeys: [related('us-west-2'), related('ap-south-1'), related('eu-west-1')],
    });
  });

  test('every related key has exactly one primary, and it is the same one', () => {
    const said = [set.primary, ...set.replicas].map((region) => describeReplicaSet(set, region, arnIn));
    expect(said.filter((one) => one.MultiRegionKeyType === 'PRIMARY')).toHaveLength(1);
    expect(new Set(said.map((one) => one.PrimaryKey.Arn))).toEqual(new Set([arnIn('us-east-1')]));
  });

  test('describing changes nothing', () => {
    const frozen: ReplicaSet = Object.freeze({ ...set, replicas: Object.freeze([...set.replicas]) });
    expect(describeReplicaSet(frozen, 'us-west-2', arnIn)).toEqual(describeReplicaSet(set, 'us-west-2', arnIn));
  });
});
