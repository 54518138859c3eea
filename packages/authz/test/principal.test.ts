// ARNs of callers.

import { describe, expect, test } from 'vitest';
import { parsePrincipal } from '../src/principal.ts';

const ACCOUNT = '111122223333';

describe('parsePrincipal', () => {
  test.each([
    ['root', `arn:aws:iam::${ACCOUNT}:root`],
    ['user', `arn:aws:iam::${ACCOUNT}:user/Alice`],
    ['user', `arn:aws:iam::${ACCOUNT}:user/division/team-1/Alice+x@example.com`],
    ['role', `arn:aws:iam::${ACCOUNT}:role/App`],
    ['role', `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`],
  ])('reads a %s: %s', (kind, arn) => {
    expect(parsePrincipal(arn)).toEqual({ kind, arn, account: ACCOUNT, partition: 'aws' });
  });

  test('reads a session and names its role, without the path that the ARN does not carry', () => {
    const arn = `arn:aws-us-gov:sts::${ACCOUNT}:assumed-role/App/i-0123456789abcdef0`;
    expect(parsePrincipal(arn)).toEqual({
      kind: 'session',
      arn,
      account: ACCOUNT,
      roleArn: `arn:aws-us-gov:iam::${ACCOUNT}:role/App`,
      partition: 'aws-us-gov',
    });
  });

  test('reads a service, which has no account', () => {
    expect(parsePrincipal('cloudtrail.amazonaws.com')).toEqual({
      kind: 'service',
      arn: 'cloudtrail.amazonaws.com',
      account: '',
      partition: 'aws',
    });
    expect(parsePrincipal('ec2.amazonaws.com.cn')?.partition).toBe('aws-cn');
    expect(parsePrincipal('logs.us-west-2.amazonaws.com')?.kind).toBe('service');
  });

  test.each([
    '',
    '*',
    ACCOUNT,
    `arn:aws:iam::${ACCOUNT}:group/Developers`,
    `arn:aws:iam::${ACCOUNT}:rooty`,
    `arn:aws:sts::${ACCOUNT}:root`,
    `arn:aws:iam::${ACCOUNT}:user/`,
    `arn:aws:iam::${ACCOUNT}:user`,
    `arn:aws:iam::${ACCOUNT}:user//Alice`,
    `arn:aws:iam::${ACCOUNT}:user/*`,
    `arn:aws:iam::${ACCOUNT}:user/Al?ce`,
    `arn:aws:iam::${ACCOUNT}:role/team-*/App`,
    `arn:aws:iam::${ACCOUNT}:role/te?m/App`,
    `arn:aws:iam::${ACCOUNT}:assumed-role/App/s1`,
    `arn:aws:sts::${ACCOUNT}:user/Alice`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/App`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/path/App/s1`,
    `arn:aws:sts::${ACCOUNT}:assumed-role//s1`,
    `arn:aws:sts::${ACCOUNT}:federated-user/Bob`,
    `arn:aws:iam::${ACCOUNT}:user/Alice\n`,
    'arn:aws:iam::1111222233334:user/Alice',
    'arn:aws:iam::11112222333:user/Alice',
    'arn:aws:iam:us-east-1:111122223333:user/Alice',
    'arn:azure:iam::111122223333:user/Alice',
    'cloudtrail.example.com',
    '.amazonaws.com',
    `arn:aws:iam::${ACCOUNT}:user/${'a'.repeat(65)}`,
    `arn:aws:iam::${ACCOUNT}:user/${'a/'.repeat(2000)}Alice`,
  ])('refuses %s', (text) => {
    expect(parsePrincipal(text)).toBeUndefined();
  });
});
