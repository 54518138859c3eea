import { describe, expect, test } from 'vitest';
import { replayCloudTrail } from '../../src/index.ts';
import { account, decrypt, keyArn, record, refused, role } from './log.ts';
import { given, nothing, policyOf, replayed } from './replaying.ts';

describe('what is not given', () => {
  test('a caller has what key policies leave to the account; it is said', async () => {
    const { assumed, differences } = await replayCloudTrail([decrypt('acme')], {});
    expect(differences).toEqual([]);
    expect(assumed.keyPolicies).toEqual([{ name: keyArn, count: 1 }]);
    expect(assumed.identities).toEqual([{ name: role, count: 1 }]);
  });

  test('who was refused by something unknown is refused still, for all that is known', async () => {
    const tagger = [{ arn: role, policies: { tags: policyOf('kms:TagResource') } }];
    // The default key policy is assumed: what the real one says may refuse, too.
    expect(await replayed([refused('TagResource')], { identities: tagger })).toMatchObject({
      differences: [],
      uncertain: ['1 x TagResource: AccessDenied -> allowed'],
    });
    // The record does not have the encryption context.
    const described = { ...given, identities: [{ arn: role, policies: {} }] };
    expect(await replayed([refused('Decrypt')], described)).toEqual({ ...nothing, same: 1 });
  });

  test('a key policy that is assumed proves no refusal, an identity policy that denies does', async () => {
    const none = [{ arn: role, policies: {} }];
    expect(await replayed([decrypt('acme')], { identities: none })).toMatchObject({
      differences: [],
      uncertain: ['1 x Decrypt: allowed -> AccessDenied'],
    });
    const never = [{ arn: role, policies: { never: policyOf('kms:Decrypt', 'Deny') } }];
    expect(await replayed([decrypt('acme')], { identities: never })).toMatchObject({
      differences: ['1 x Decrypt: allowed -> AccessDenied'],
      uncertain: [],
    });
  });

  test('keys that are given and not there, endpoints that are there and not given', async () => {
    const options = { keys: { ...given.keys, 'alias/other': {} } };
    const { assumed, unused } = await replayCloudTrail([decrypt('acme', { vpcEndpointId: 'vpce-1' })], options);
    expect(unused).toEqual(['alias/other']);
    expect(assumed.endpoints).toEqual(['vpce-1']);
  });
});

describe('identity policies', () => {
  const identities = [{ arn: role, policies: { decrypt: policyOf('kms:Decrypt') } }];
  const delegating = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' },
  };
  const options = { identities, keys: { [keyArn]: { policy: delegating } } };

  test('decide where the key policy leaves it to them', async () => {
    const generate = record({ eventName: 'GenerateDataKey', requestParameters: { keyId: keyArn, keySpec: 'AES_256' } });
    expect(await replayed([decrypt('acme'), generate, refused('Encrypt')], options)).toMatchObject({
      same: 2,
      differences: ['1 x GenerateDataKey: allowed -> AccessDenied'],
    });
  });

  test('who was refused and no longer is differs, when nothing is assumed', async () => {
    const parameters = { requestParameters: { keyId: keyArn, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' } };
    const records = [refused('Decrypt', parameters)];
    expect(await replayed(records, options)).toMatchObject({ differences: ['1 x Decrypt: AccessDenied -> allowed'] });
    // Without its parameters the record does not say what conditions would see.
    expect(await replayed([refused('Decrypt')], options)).toMatchObject({
      differences: [],
      uncertain: ['1 x Decrypt: AccessDenied -> allowed'],
    });
  });
});
