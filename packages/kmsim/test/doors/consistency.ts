// `consistency: 'eventual'` through a door: what is missing shows, a retry or a grant token, and nothing else differs.

import { describe, expect } from 'vitest';
import { app, type Door, failureOf, scenario } from './doors.ts';

const options = { consistency: 'eventual' } as const;
const slowest = '5 minutes';

export function consistency(door: Door): void {
  describe('consistency', () => {
    scenario(door, 'a key policy is read at once and decides later', async () => {
      await using house = await door.open(options);
      const kms = house.client();
      const theirs = house.client({ as: app });
      const { KeyMetadata } = await kms.createKey({});
      const KeyId = KeyMetadata?.Arn ?? '';
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'kms:*', Resource: '*' },
          { Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:DescribeKey', Resource: '*' },
        ],
      });
      await kms.putKeyPolicy({ KeyId, Policy });
      expect((await kms.getKeyPolicy({ KeyId })).Policy).toBe(Policy);
      expect((await failureOf(theirs.describeKey({ KeyId }))).name).toBe('AccessDeniedException');
      house.sim.clock.advance(slowest);
      await theirs.describeKey({ KeyId });
    });

    scenario(door, 'a tag is listed at once and decides later', async () => {
      const Statement = {
        ...{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' },
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } },
      };
      const identities = [{ arn: app, policies: { blue: { Version: '2012-10-17', Statement } } }];
      await using house = await door.open({ ...options, identities });
      const kms = house.client();
      const theirs = house.client({ as: app });
      const { KeyMetadata } = await kms.createKey({});
      const KeyId = KeyMetadata?.Arn ?? '';
      await kms.tagResource({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'blue' }] });
      expect((await kms.listResourceTags({ KeyId })).Tags).toHaveLength(1);
      expect((await failureOf(theirs.describeKey({ KeyId }))).name).toBe('AccessDeniedException');
      house.sim.clock.advance(slowest);
      await theirs.describeKey({ KeyId });
    });

    scenario(door, 'a grant works with its token at once and without it later', async () => {
      await using house = await door.open(options);
      const kms = house.client();
      const theirs = house.client({ as: app });
      const { KeyMetadata } = await kms.createKey({});
      const KeyId = KeyMetadata?.Arn ?? '';
      const { GrantToken = '' } = await kms.createGrant({ KeyId, GranteePrincipal: app, Operations: ['DescribeKey'] });
      expect((await failureOf(theirs.describeKey({ KeyId }))).name).toBe('AccessDeniedException');
      await theirs.describeKey({ KeyId, GrantTokens: [GrantToken] });
      house.sim.clock.advance(slowest);
      await theirs.describeKey({ KeyId });
    });
  });
}
