// What the playground opens with. Every example is run by the tests, and must show what its text promises.

import { compactJson } from './compact-json.ts';
import type { CallStep, ClockStep, Principal, Script } from './script.ts';

/** Of the field, in characters. */
const lineWidth = 56;
const account = '000000000000';
const app = `arn:aws:iam::${account}:role/App`;
const admin = `arn:aws:iam::${account}:user/administrator`;

function call(
  name: string,
  operation: string,
  input: object,
  by: Partial<Pick<CallStep, 'as' | 'region'>> = {},
): CallStep {
  return { kind: 'call', name, operation, as: '', region: '', ...by, input: compactJson(input, lineWidth) };
}

function clock(advance: string): ClockStep {
  return { kind: 'clock', advance };
}

function principal(arn: string, ...statements: readonly object[]): Principal {
  return { arn, policy: compactJson({ Version: '2012-10-17', Statement: statements }, 70) };
}

function example(title: string, about: string, steps: Script['steps'], principals: Script['principals'] = []): Script {
  return { title, about, region: 'us-east-1', principals, steps };
}

const KeyId = '{{key.KeyMetadata.KeyId}}';
const orders = { tenant: 'acme' };

const mayUse = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };

export const examples: readonly Script[] = [
  example(
    'Denied, and why',
    'The role’s IAM policy allows everything. The key policy names nobody but the administrator and leaves nothing to IAM, so the role is denied.',
    [
      call('key', 'CreateKey', {
        Description: 'payroll',
        Policy: {
          Version: '2012-10-17',
          Statement: [
            { Sid: 'Administrator', Effect: 'Allow', Principal: { AWS: admin }, Action: 'kms:*', Resource: '*' },
          ],
        },
      }),
      call('sealed', 'Encrypt', { KeyId, Plaintext: '{{base64 42,000 a year}}' }),
      call('denied', 'Decrypt', { CiphertextBlob: '{{sealed.CiphertextBlob}}' }, { as: app }),
      call('grant', 'CreateGrant', { KeyId, GranteePrincipal: app, Operations: ['Decrypt'] }),
      call('opened', 'Decrypt', { CiphertextBlob: '{{sealed.CiphertextBlob}}' }, { as: app }),
    ],
    [principal(app, mayUse)],
  ),
  example(
    'Envelope encryption',
    'KMS makes a data key in two forms. Encrypt your data with Plaintext, forget it, and keep CiphertextBlob: KMS opens it again.',
    [
      call('key', 'CreateKey', { Description: 'envelopes' }),
      call('', 'CreateAlias', { AliasName: 'alias/envelopes', TargetKeyId: KeyId }),
      call('data', 'GenerateDataKey', { KeyId: 'alias/envelopes', KeySpec: 'AES_256', EncryptionContext: orders }),
      call('opened', 'Decrypt', { CiphertextBlob: '{{data.CiphertextBlob}}', EncryptionContext: orders }),
    ],
  ),
  example(
    'Context mismatch',
    'The encryption context is bound to the ciphertext. With another one it does not open, whoever asks; and a policy can ask for one.',
    [
      call('key', 'CreateKey', {
        Policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Account',
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${account}:root` },
              Action: 'kms:*',
              Resource: '*',
            },
            {
              Sid: 'AcmeOnly',
              Effect: 'Allow',
              Principal: { AWS: app },
              Action: 'kms:Decrypt',
              Resource: '*',
              Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } },
            },
          ],
        },
      }),
      call('sealed', 'Encrypt', { KeyId, Plaintext: '{{base64 an order of acme}}', EncryptionContext: orders }),
      call('', 'Decrypt', { CiphertextBlob: '{{sealed.CiphertextBlob}}', EncryptionContext: { tenant: 'umbrella' } }),
      call(
        '',
        'Decrypt',
        { CiphertextBlob: '{{sealed.CiphertextBlob}}', EncryptionContext: { tenant: 'umbrella' } },
        { as: app },
      ),
      call(
        'opened',
        'Decrypt',
        { CiphertextBlob: '{{sealed.CiphertextBlob}}', EncryptionContext: orders },
        { as: app },
      ),
    ],
    [{ arn: app, policy: '' }],
  ),
  example(
    'Rotation',
    'A year passes in no time. The key has new material then, and what was sealed before still opens.',
    [
      call('key', 'CreateKey', { Description: 'rotated' }),
      call('', 'EnableKeyRotation', { KeyId }),
      call('before', 'Encrypt', { KeyId, Plaintext: '{{base64 sealed before}}' }),
      clock('366 days'),
      call('rotations', 'ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }),
      call('after', 'Encrypt', { KeyId, Plaintext: '{{base64 sealed after}}' }),
      call('opened', 'Decrypt', { CiphertextBlob: '{{before.CiphertextBlob}}' }),
    ],
  ),
  example(
    'Failover',
    'A multi-Region key has a replica in Ireland. What Virginia seals, Ireland opens; then Ireland becomes the primary.',
    [
      call('key', 'CreateKey', { MultiRegion: true }),
      call('', 'ReplicateKey', { KeyId, ReplicaRegion: 'eu-west-1' }),
      call('sealed', 'Encrypt', { KeyId, Plaintext: '{{base64 from Virginia}}' }),
      clock('1 minute'),
      call('opened', 'Decrypt', { CiphertextBlob: '{{sealed.CiphertextBlob}}', KeyId }, { region: 'eu-west-1' }),
      call('', 'UpdatePrimaryRegion', { KeyId, PrimaryRegion: 'eu-west-1' }),
      clock('5 minutes'),
      call('moved', 'DescribeKey', { KeyId }, { region: 'eu-west-1' }),
    ],
  ),
  example(
    'Deleted for good',
    'A key waits for its deletion at least seven days. Until then it can be saved, and opens nothing; afterwards nothing can be done.',
    [
      call('key', 'CreateKey', { Description: 'short lived' }),
      call('sealed', 'Encrypt', { KeyId, Plaintext: '{{base64 soon lost}}' }),
      call('', 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }),
      call('', 'Decrypt', { CiphertextBlob: '{{sealed.CiphertextBlob}}' }),
      clock('7 days'),
      call('', 'DescribeKey', { KeyId }),
    ],
  ),
];
