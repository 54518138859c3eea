// UpdateAlias: https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html

import { keySpecs } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import type { Operation } from '../operation.ts';
import { rememberAliases } from '../state/alias-names.ts';
import { checkAliasName } from '../state/check-alias-name.ts';
import type { AliasRecord, KeyRecord } from '../state/records.ts';
import { resolveAliasName, resolveKey } from '../state/resolve.ts';
import { spreadAt } from '../state/spreading.ts';
import { requireAliasQuota } from './create-alias.ts';

interface Move {
  readonly alias: AliasRecord;
  readonly target: KeyRecord;
}

export const updateAlias: Operation<'UpdateAlias', Move> = {
  enter: (call) => {
    const { AliasName, TargetKeyId } = call.input;
    checkAliasName(AliasName);
    const alias = resolveAliasName(call, AliasName);
    const target = resolveKey(call, TargetKeyId, 'key');
    const current = call.key(alias.target);
    call.subjects.alias = { resource: alias.arn };
    if (current !== undefined) call.subjects.aliasKey = { resource: current.arn, key: current };
    call.subjects.key = { resource: target.arn, key: target };
    return { alias, target };
  },
  requireType: (call, { alias, target }) => {
    const current = call.key(alias.target);
    // Both symmetric, both asymmetric or both HMAC, and of one usage. The wording is not recorded.
    if (current !== undefined && (kind(current) !== kind(target) || current.usage !== target.usage)) {
      fail('ValidationException', `Alias ${alias.arn} cannot be moved to a key of another type or usage.`);
    }
  },
  run: (call, { alias, target }) => {
    if (alias.target !== target.arn) {
      requireAliasQuota(call, target);
      const until = spreadAt(call, 'aliases');
      for (const key of [call.key(alias.target), target]) rememberAliases(call, key, until);
    }
    call.page.set('aliases', alias.arn, { ...alias, target: target.arn, updatedAt: call.now });
    return {};
  },
};

function kind(key: KeyRecord): 'symmetric' | 'hmac' | 'asymmetric' {
  const { family } = keySpecs[key.spec];
  return family === 'symmetric' || family === 'hmac' ? family : 'asymmetric';
}
