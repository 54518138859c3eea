// Which request quotas an operation counts on, for somebody who looks for its name.

import { type KeySpec, keySpecs } from '@kmsim/hsm-core';
import type { OperationName } from '../api/shapes.ts';
import { grantOperationsOf } from '../tables/grant-operations.ts';
import { operationRows } from '../tables/operations.ts';
import { requestQuotas } from '../tables/request-quotas.ts';
import { quotaOfKeySpec, requestRules } from '../tables/request-rules.ts';

/** The quota of its own; or those by the kind of key it may use, or by the kind of pair it may make. */
export function quotasOf(operation: OperationName): readonly string[] {
  const rule = requestRules[operation];
  if ('quota' in rule) return [rule.quota];
  if (rule.by === 'KeyPairSpec')
    return requestQuotas.filter(({ remedy }) => remedy === 'keyPairs').map(({ name }) => name);
  const { permissions, usage } = operationRows[operation];
  const actions = permissions.map(({ action }) => action);
  const fits = (spec: KeySpec): boolean =>
    usage !== undefined &&
    keySpecs[spec].usages.includes(usage) &&
    grantOperationsOf({ spec, usage }).some((one) => actions.includes(`kms:${one}`));
  return [...new Set((Object.keys(keySpecs) as KeySpec[]).filter(fits).map((spec) => quotaOfKeySpec[spec]))];
}
