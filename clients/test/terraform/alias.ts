// aws_kms_alias.

import type { Call, Resource } from './calls.ts';

const twoKeys: readonly Call[] = ['first', 'second'].map((name) => ({
  ...{ call: 'createKey', with: { Description: name } },
  knows: { [name]: 'KeyMetadata.KeyId', [`${name}Arn`]: 'KeyMetadata.Arn' },
}));

export const alias: Resource = {
  type: 'aws_kms_alias',
  source: 'internal/service/kms/alias.go',
  create: [
    {
      ...{ call: 'createAlias', with: { AliasName: '$config.name', TargetKeyId: '$config.target_key_id' } },
      retry: { on: ['NotFoundException'], minutes: 10 },
      makes: ({ config }) => ({ id: (config as { name: string }).name }),
    },
  ],
  // All aliases of the Region, until it is found (find.go).
  read: [
    {
      ...{ call: 'listAliases', with: {}, find: { rows: 'Aliases', where: { AliasName: '$id' } } },
      knows: { alias: '' },
      // AliasARNToKeyARN in arn.go.
      makes: ({ alias }) => keyOf(alias as { AliasArn: string; TargetKeyId: string }),
    },
  ],
  update: [
    {
      of: ['target_key_id'],
      calls: [{ call: 'updateAlias', with: { AliasName: '$id', TargetKeyId: '$config.target_key_id' } }],
    },
  ],
  destroy: [{ call: 'deleteAlias', with: { AliasName: '$id' }, tolerates: { NotFoundException: '' } }],
  attributes: {
    arn: { from: 'alias.AliasArn' },
    name: { from: 'alias.AliasName' },
    target_key_id: { from: 'alias.TargetKeyId' },
    target_key_arn: { from: 'keyArn' },
  },
  cases: [
    {
      name: 're-pointed',
      given: twoKeys,
      config: { name: 'alias/orders', target_key_id: '$first' },
      computed: { target_key_arn: '$firstArn' },
      changes: [{ target_key_id: '$second' }],
    },
    {
      name: 'behind more aliases than a page has',
      given: [
        ...twoKeys,
        ...Array.from({ length: 50 }, (_, index): Call => {
          const AliasName = `alias/a${String(index).padStart(2, '0')}`;
          return { call: 'createAlias', with: { AliasName, TargetKeyId: '$second' } };
        }),
      ],
      config: { name: 'alias/z', target_key_id: '$first' },
    },
  ],
};

const keyOf = ({ AliasArn, TargetKeyId }: { readonly AliasArn: string; readonly TargetKeyId: string }) => ({
  keyArn: AliasArn.replace(/:alias\/.*/, `:key/${TargetKeyId}`),
});
