import { describe, expect, test } from 'vitest';
import { replayCloudTrail } from '../../src/index.ts';
import { account, decrypt, keyArn, policyFor, record, role } from './log.ts';
import { brief, given, manage, nothing, policy, replayed } from './replaying.ts';

describe('the log changes the world on the way', () => {
  const disabled = { errorCode: 'DisabledException', errorMessage: `${keyArn} is disabled.` };

  test('a key that is disabled fails as it did, and works when it is enabled again', async () => {
    const log = [
      decrypt('acme'),
      manage('DisableKey', {}),
      decrypt('acme', disabled),
      manage('EnableKey', {}),
      decrypt('acme'),
      manage('ScheduleKeyDeletion', { pendingWindowInDays: 7 }),
      decrypt('acme', {
        errorCode: 'KMSInvalidStateException',
        errorMessage: `${keyArn} is pending deletion.`,
      }),
      manage('CancelKeyDeletion', {}),
      manage('EnableKey', {}),
      decrypt('acme'),
    ];
    const report = await replayCloudTrail(log, given);
    expect(brief(report)).toEqual({ ...nothing, same: 10 });
    expect(report.gaps).toEqual([]);
  });

  test('the state in which the log finds a key is believed; one that it does not explain is a gap', async () => {
    const found = await replayCloudTrail([decrypt('acme', disabled), manage('EnableKey', {}), decrypt('acme')], given);
    expect([brief(found), found.gaps]).toEqual([{ ...nothing, same: 3 }, []]);
    const lost = await replayCloudTrail([decrypt('acme'), decrypt('acme', disabled), decrypt('acme')], given);
    expect(brief(lost)).toEqual({ ...nothing, same: 3 });
    expect(lost.gaps.map(({ name }) => name)).toEqual([
      `${keyArn}: Disabled, and then Enabled`,
      `${keyArn}: Enabled, and then Disabled`,
    ]);
  });

  test('what if it were disabled? A given state stays', async () => {
    const keys = { [keyArn]: { policy, state: 'Disabled' } } as const;
    const log = [decrypt('acme'), manage('EnableKey', {}), decrypt('acme'), decrypt('acme', disabled)];
    expect(await replayed(log, { keys })).toMatchObject({
      same: 2,
      differences: ['2 x Decrypt: allowed -> DisabledException'],
    });
  });

  test('a key policy that the log puts holds from then on, unless one is given', async () => {
    const log = [
      decrypt('acme'),
      manage('PutKeyPolicy', { policyName: 'default', policy: JSON.stringify(policyFor('umbrella')) }),
      decrypt('umbrella'),
      decrypt('acme'),
    ];
    const followed = await replayCloudTrail(log, {});
    expect(brief(followed)).toMatchObject({ same: 3, differences: ['1 x Decrypt: allowed -> AccessDenied'] });
    expect(followed.assumed.keyPolicies).toEqual([{ name: keyArn, count: 2 }]);
    const kept = await replayCloudTrail(log, given);
    expect(kept.policiesKept).toEqual([{ name: keyArn, count: 1 }]);
    expect(kept.differences.map(({ first }) => first.eventID)).toEqual([(log[2] as { eventID: string }).eventID]);
  });

  test('a policy that would lock its author out is refused now', async () => {
    const locking = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: role }, Action: 'kms:Decrypt', Resource: '*' },
    };
    const put = manage('PutKeyPolicy', { policy: JSON.stringify(locking) });
    expect(await replayed([put])).toMatchObject({
      differences: ['1 x PutKeyPolicy: allowed -> MalformedPolicyDocumentException'],
    });
  });

  test('grants come and go', async () => {
    const worker = `arn:aws:iam::${account}:role/Worker`;
    const work = { userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/Worker/w` } };
    const grantId = '0'.repeat(64);
    const constraints = { encryptionContextSubset: { tenant: 'acme' } };
    const make = () =>
      manage(
        'CreateGrant',
        { granteePrincipal: worker, operations: ['Decrypt'], constraints },
        { responseElements: { grantId } },
      );
    const log = [
      make(),
      decrypt('acme', work),
      decrypt('umbrella', work),
      manage('RevokeGrant', { grantId }),
      decrypt('acme', work),
    ];
    const report = await replayCloudTrail(log, given);
    expect(brief(report)).toMatchObject({ same: 3, differences: ['2 x Decrypt: allowed -> AccessDenied'] });
    // One from before the log.
    const grants = [{ GrantId: '1'.repeat(64), GranteePrincipal: worker, Operations: ['Decrypt'] }];
    expect(await replayed([decrypt('acme', work)], { keys: { [keyArn]: { policy, grants } } })).toMatchObject({
      same: 1,
    });
    // One of the log is not there before it is made.
    const early = { keys: { [keyArn]: { policy, grants: [{ ...grants[0], GrantId: grantId }] } } };
    expect(await replayed([decrypt('acme', work), make()], early)).toMatchObject({
      differences: ['1 x Decrypt: allowed -> AccessDenied'],
    });
  });

  test('aliases, tags and keys that are made', async () => {
    const other = keyArn.replace('1234abcd', 'abcd1234');
    const onTagged = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } };
    const statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
    const tagged = { Version: '2012-10-17', Statement: { ...statement, ...onTagged } };
    const identities = [{ arn: role, policies: { tagged } }];
    const resources = [{ ARN: other }];
    const keyMetadata = { arn: other, keySpec: 'RSA_2048', keyUsage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS' };
    const tags = [{ tagKey: 'team', tagValue: 'orders' }];
    const encrypt = () =>
      record({
        eventName: 'Encrypt',
        requestParameters: { keyId: 'alias/new', encryptionAlgorithm: 'RSAES_OAEP_SHA_256' },
        resources,
      });
    const log = [
      manage(
        'CreateKey',
        {
          keyId: undefined,
          keySpec: 'RSA_2048',
          keyUsage: 'ENCRYPT_DECRYPT',
          tags,
        },
        { resources, responseElements: { keyMetadata } },
      ),
      manage('CreateAlias', { keyId: undefined, aliasName: 'alias/new', targetKeyId: other }, { resources }),
      encrypt(),
      manage('UntagResource', { keyId: other, tagKeys: ['team'] }, { resources }),
      encrypt(),
    ];
    const report = await replayCloudTrail(log, { identities });
    expect(brief(report)).toMatchObject({
      same: 4,
      differences: ['1 x Encrypt: allowed -> AccessDenied'],
      notJudged: 0,
    });
    expect(report.assumed.keyPolicies).toEqual([]);
  });
});
