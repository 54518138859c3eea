// aws_kms_grant.

import type { Call, Resource } from './calls.ts';
import { app } from './policies.ts';

const administrator = 'arn:aws:iam::000000000000:user/administrator';
const createKey: Call = { call: 'createKey', with: {}, knows: { key: 'KeyMetadata.KeyId' } };

const findGrant: Call = {
  ...{ call: 'listGrants', with: { KeyId: '$key', Limit: 100 } },
  find: { rows: 'Grants', where: { GrantId: '$id' } },
};

export const grant: Resource = {
  type: 'aws_kms_grant',
  source: 'internal/service/kms/grant.go',
  create: [
    {
      call: 'createGrant',
      with: {
        KeyId: '$config.key_id',
        GranteePrincipal: '$config.grantee_principal',
        RetiringPrincipal: '$config.retiring_principal',
        Operations: '$config.operations',
        Constraints: '$config.constraints',
        Name: '$config.name',
      },
      retry: { on: ['DependencyTimeoutException', 'KMSInternalException', 'InvalidArnException'], minutes: 2 },
      knows: { id: 'GrantId', token: 'GrantToken' },
    },
  ],
  // A grantee that is no ARN any more is one whose role was deleted: none here.
  read: [{ ...findGrant, knows: { grant: '' } }],
  // Nothing of a grant can be changed.
  update: [],
  destroy: [
    {
      ...{ call: 'retireGrant', with: { KeyId: '$key', GrantId: '$id' }, when: '$config.retire_on_delete' },
      tolerates: { NotFoundException: '' },
    },
    {
      ...{ call: 'revokeGrant', with: { KeyId: '$key', GrantId: '$id' }, unless: '$config.retire_on_delete' },
      tolerates: { NotFoundException: '' },
    },
    { ...findGrant, untilGone: { minutes: 2 } },
  ],
  imports: ['key'],
  attributes: {
    grant_id: { from: 'grant.GrantId' },
    grantee_principal: { from: 'grant.GranteePrincipal' },
    retiring_principal: { from: 'grant.RetiringPrincipal' },
    operations: { from: 'grant.Operations', as: 'set' },
    constraints: { from: 'grant.Constraints' },
    name: { from: 'grant.Name' },
  },
  cases: [
    {
      name: 'with a name and a constraint, revoked in the end',
      given: [createKey],
      config: {
        key_id: '$key',
        name: 'worker',
        grantee_principal: app,
        operations: ['GenerateDataKey', 'Decrypt'],
        constraints: { EncryptionContextEquals: { tenantId: '42', Department: 'orders' } },
      },
      computed: { retiring_principal: undefined },
    },
    {
      name: 'with a subset as constraint, retired in the end',
      given: [createKey],
      config: {
        key_id: '$key',
        grantee_principal: app,
        retiring_principal: administrator,
        operations: ['Encrypt'],
        constraints: { EncryptionContextSubset: { tenantId: '42' } },
        retire_on_delete: true,
      },
    },
    {
      name: 'with nothing set, of another account',
      given: [createKey],
      config: { key_id: '$key', grantee_principal: 'arn:aws:iam::111122223333:root', operations: ['Decrypt'] },
      computed: { name: '', constraints: undefined, retiring_principal: undefined },
    },
  ],
};
