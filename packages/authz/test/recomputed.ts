// A decision made again from its trace alone.

import type { Decision } from '../src/decision.ts';
import { isFromAnotherAccount } from '../src/request.ts';
import type { StatementTrace } from '../src/trace.ts';

/** The outcome, from nothing but which statements and grants count and how they hold the caller. */
export function recomputed({ considered, request }: Decision): string {
  const counting = considered.filter(({ matched }) => matched);
  if (counting.some(({ effect }) => effect === 'Deny')) return 'ExplicitDeny';
  const of = (type: StatementTrace['policyType']): readonly StatementTrace[] =>
    counting.filter(({ policyType }) => policyType === type);
  const { kind, arn } = request.principal;
  const isRoot = kind === 'root';
  const unbound = isRoot || kind === 'service';
  const governed =
    request.serviceControlPolicies !== undefined &&
    kind !== 'service' &&
    !/^arn:aws:iam::\d+:role\/aws-service-role\//.test(arn);
  const byLevel = request.serviceControlPolicies?.every((level) =>
    level.some(({ name }) => of('service control policy').some(({ policy }) => policy === name)),
  );
  const passes = (there: boolean, type: StatementTrace['policyType']): boolean => !there || of(type).length > 0;
  const narrow =
    unbound ||
    (passes(request.boundary !== undefined, 'permissions boundary') &&
      passes((request.sessionPolicies ?? []).length > 0, 'session policy'));
  const own = isRoot || (of('identity policy').length > 0 && narrow);
  const foreign = isFromAnotherAccount(request);
  const stopped =
    (governed && !byLevel) ||
    !passes(request.endpointPolicy !== undefined, 'VPC endpoint policy') ||
    ((foreign || (kind === 'service' && request.keyPolicy !== undefined)) && request.crossAccount !== true);
  if (stopped) return 'ImplicitDeny';
  if (request.keyPolicy === undefined) return own ? 'Allow' : 'ImplicitDeny';
  const granted = of('grant').some(({ holds }) => holds !== 'account' || own);
  const direct = of('key policy').some(({ holds }) => (holds === 'account' ? isRoot : holds === 'named' || narrow));
  const delegated = of('key policy').some(({ holds }) => foreign || holds === 'account');
  return granted || (!foreign && direct) || (delegated && own) ? 'Allow' : 'ImplicitDeny';
}
