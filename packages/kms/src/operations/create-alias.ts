// CreateAlias: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html

import { fail } from '../api/errors.ts';
import type { Call, Operation } from '../operation.ts';
import { requireQuota } from '../quotas/require-quota.ts';
import { rememberAliases } from '../state/alias-names.ts';
import { checkNewAliasName } from '../state/check-alias-name.ts';
import type { KeyRecord } from '../state/records.ts';
import { resolveKey } from '../state/resolve.ts';
import { spreadAt } from '../state/spreading.ts';

export const createAlias: Operation<'CreateAlias', KeyRecord> = {
  enter: (call) => {
    const { AliasName, TargetKeyId } = call.input;
    checkNewAliasName(AliasName);
    const key = resolveKey(call, TargetKeyId, 'key');
    call.subjects.alias = { resource: `${call.site.prefix}${AliasName}` };
    call.subjects.key = { resource: key.arn, key };
    return key;
  },
  run: (call, key) => {
    const { AliasName: name } = call.input;
    const { account, prefix, region } = call.site;
    const arn = `${prefix}${name}`;
    if (call.page.get('aliases', arn) !== undefined)
      fail('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    requireAliasQuota(call, key);
    rememberAliases(call, key, spreadAt(call, 'aliases'));
    call.page.set('aliases', arn, {
      arn,
      name,
      account,
      region,
      target: key.arn,
      createdAt: call.now,
      updatedAt: call.now,
    });
    return {};
  },
};

/** A key may have so many aliases of its owner's. */
export function requireAliasQuota(call: Call, key: KeyRecord): void {
  requireQuota(call, 'aliasesPerKey', call.site.aliases(key.arn).length, key);
}
