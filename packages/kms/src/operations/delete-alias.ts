// DeleteAlias: https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html

import type { Operation } from '../operation.ts';
import { rememberAliases } from '../state/alias-names.ts';
import { checkAliasName } from '../state/check-alias-name.ts';
import type { AliasRecord } from '../state/records.ts';
import { resolveAliasName } from '../state/resolve.ts';
import { spreadAt } from '../state/spreading.ts';

export const deleteAlias: Operation<'DeleteAlias', AliasRecord> = {
  enter: (call) => {
    checkAliasName(call.input.AliasName);
    const alias = resolveAliasName(call, call.input.AliasName);
    const key = call.key(alias.target);
    call.subjects.alias = { resource: alias.arn };
    if (key !== undefined) call.subjects.aliasKey = { resource: key.arn, key };
    return alias;
  },
  run: (call, alias) => {
    rememberAliases(call, call.key(alias.target), spreadAt(call, 'aliases'));
    call.page.set('aliases', alias.arn, undefined);
    return {};
  },
};
