// What callers ask for while changes of permissions spread, and time passes.

import fc from 'fast-check';
import type { Ask } from './commands.ts';

const Plaintext = Buffer.from('a secret').toString('base64');
const onKey = fc.constantFrom('$outside', '$outside', '$own');
const tag = { TagKey: 'team', TagValue: 'app' };

export const whileItSpreads: fc.Arbitrary<Ask> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(500, 3_000, 60_000, 600_000).map((milliseconds): Ask => ['wait', { milliseconds }]),
  },
  // Keys of the proxy wait in the middle of the call: it is judged again when it has its answer.
  { weight: 4, arbitrary: onKey.map((KeyId): Ask => ['Encrypt', { KeyId, Plaintext }, 'app']) },
  { weight: 2, arbitrary: onKey.map((KeyId): Ask => ['DescribeKey', { KeyId }, 'app']) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('$own', '$outside').map((CiphertextBlob): Ask => ['Decrypt', { CiphertextBlob }, 'app']),
  },
  {
    weight: 1,
    arbitrary: onKey.map(
      (KeyId): Ask => [
        'CreateGrant',
        { KeyId, GranteePrincipal: '$app', Operations: ['Encrypt', 'DescribeKey'], Name: 'g' },
      ],
    ),
  },
  { weight: 1, arbitrary: fc.constant<Ask>(['RevokeGrant', { KeyId: '$outside', GrantId: '$grant' }]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(onKey, fc.constantFrom('$open', '$closed'))
      .map(([KeyId, Policy]): Ask => ['PutKeyPolicy', { KeyId, PolicyName: 'default', Policy }]),
  },
  { weight: 1, arbitrary: onKey.map((KeyId): Ask => ['TagResource', { KeyId, Tags: [tag] }]) },
  { weight: 1, arbitrary: onKey.map((KeyId): Ask => ['UntagResource', { KeyId, TagKeys: [tag.TagKey] }]) },
  { weight: 1, arbitrary: onKey.map((TargetKeyId): Ask => ['CreateAlias', { AliasName: 'alias/app', TargetKeyId }]) },
  { weight: 1, arbitrary: onKey.map((TargetKeyId): Ask => ['UpdateAlias', { AliasName: 'alias/app', TargetKeyId }]) },
  { weight: 1, arbitrary: fc.constant<Ask>(['DeleteAlias', { AliasName: 'alias/app' }]) },
);
