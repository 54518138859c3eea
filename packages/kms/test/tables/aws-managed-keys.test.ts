// The AWS managed keys: aliases, and policies that let nobody in but through the service.

import { describe, expect, test } from 'vitest';
import {
  type AwsManagedService,
  awsManagedKeyOfAlias,
  awsManagedKeyPolicy,
  awsManagedKeys,
} from '../../src/tables/aws-managed-keys.ts';

const services = Object.keys(awsManagedKeys) as AwsManagedService[];
const policy = (service: AwsManagedService, partition = 'aws') =>
  JSON.parse(awsManagedKeyPolicy(service, '111122223333', 'eu-west-1', partition)) as {
    Id: string;
    Version: string;
    Statement: { Principal: { AWS?: string }; Action: string[]; Condition?: Record<string, Record<string, string>> }[];
  };

describe.each(services)('%s', (service) => {
  test('is found by its alias', () => {
    expect(awsManagedKeyOfAlias(`alias/aws/${service}`)).toBe(awsManagedKeys[service]);
  });

  test('opens to everybody only through the service and only to the own account', () => {
    for (const statement of policy(service).Statement.filter((one) => one.Principal.AWS === '*')) {
      const conditions = Object.assign({}, ...Object.values(statement.Condition ?? {})) as Record<string, string>;
      expect(conditions['kms:CallerAccount']).toBe('111122223333');
      expect(conditions['kms:ViaService']).toMatch(/^[a-z0-9]+\.(eu-west-1|\*)\.amazonaws\.com$/);
    }
  });

  test('gives the account its metadata and no more', () => {
    const [own] = policy(service, 'aws-cn').Statement.filter((one) => one.Principal.AWS?.endsWith(':root'));
    expect(own?.Principal.AWS).toBe('arn:aws-cn:iam::111122223333:root');
    expect(own?.Action).toEqual(['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant']);
  });

  test('has an id of the usual form', () => {
    expect(policy(service).Id).toMatch(/^auto-[a-z0-9]+(-\d)?$/);
    expect(policy(service).Version).toBe('2012-10-17');
  });
});

test('an alias of nobody', () => {
  expect(awsManagedKeyOfAlias('alias/aws/nothing')).toBeUndefined();
  expect(awsManagedKeyOfAlias('alias/app')).toBeUndefined();
});

test('EBS calls as ec2', () => {
  expect(policy('ebs').Statement[0]?.Condition?.['StringEquals']?.['kms:ViaService']).toBe(
    'ec2.eu-west-1.amazonaws.com',
  );
});

test('Secrets Manager makes data keys from any Region', () => {
  const wide = policy('secretsmanager').Statement.filter((one) => one.Condition?.['StringLike'] !== undefined);
  expect(wide.map((one) => [one.Action, one.Condition?.['StringLike']])).toEqual([
    [['kms:GenerateDataKey*'], { 'kms:ViaService': 'secretsmanager.*.amazonaws.com' }],
  ]);
});

test('the description tells what the key is for', () => {
  expect(awsManagedKeys.s3.description).toBe('Default key that protects my S3 objects when no other key is defined');
});
