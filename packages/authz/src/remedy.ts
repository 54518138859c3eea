// What would turn a denial into an Allow: the smallest statement that is missing, or the one that is in the way.

import { type Change, identityOf, stepsToAllow } from './change.ts';
import { type Decision, isDecisive } from './decision.ts';
import type { PolicyType } from './policy-type.ts';
import type { StatementTrace } from './trace.ts';

/** Sentences; a statement to add stands as JSON at the end of its line. Nothing for what is allowed already. */
export function remediesOf(denied: Decision): readonly string[] {
  return [...new Set(stepsToAllow(denied).flatMap(({ change, decision }) => adviceOn(decision, change)))];
}

/** What to do about one reason. */
function adviceOn(decision: Decision, change: Change | undefined): readonly string[] {
  const { considered, reason, request } = decision;
  if (change?.change === 'remove') return denyRemedies(decision);
  if (change !== undefined) {
    const { policyType, statement } = change;
    const speaking: readonly PolicyType[] =
      policyType === 'identity policy' && decision.delegated ? ['key policy', policyType] : [policyType];
    const own = policyType === 'identity policy' ? `an identity policy of ${identityOf(request.principal)}` : undefined;
    return [
      ...almost(considered, policyType),
      ...underConditions(considered, speaking),
      `add to ${own ?? `the ${policyType}`}: ${JSON.stringify(statement)}`,
    ];
  }
  switch (reason) {
    case 'no identity policy statement allows it':
      return ['call it as a user or a role: a service principal has no identity policies'];
    case 'the operation cannot be called from another account':
      return [
        `call it as a principal of account ${request.keyAccount ?? 'that owns the key'}: no policy can change this`,
      ];
    case 'nothing lets the caller retire the grant':
      return [
        'retire it as its retiring principal, as a grantee whose grant lists RetireGrant, or in the issuing account',
      ];
    case 'the action is unknown':
      return [`KMS has no action ${request.action}`];
    case 'the evaluation failed':
      return ['see why the context of the request cannot be read: nobody is let in by an evaluation that fails'];
    default:
      return [];
  }
}

function denyRemedies(decision: Decision): readonly string[] {
  const remedies: string[] = [];
  for (const trace of decision.considered) {
    if (!isDecisive(trace, decision)) continue;
    const { statement, policyType, policy, notEvaluated } = trace;
    remedies.push(`remove or narrow statement [${statement}] of ${policyType} "${policy}": no Allow outweighs a Deny`);
    const doubt = notEvaluated.join(', ');
    if (doubt) remedies.push(`AWS may not deny it: ${doubt} cannot be evaluated, and the statement denies to be safe`);
  }
  return remedies;
}

function almost(considered: readonly StatementTrace[], policyType: StatementTrace['policyType']): readonly string[] {
  return considered
    .filter((trace) => trace.policyType === policyType && trace.effect === 'Allow')
    .filter(({ matched, mismatch }) => !matched && mismatch === undefined)
    .map(({ statement, policy, notEvaluated }) => {
      const doubt = notEvaluated.join(', ');
      return `statement [${statement}] of ${policyType} "${policy}" may allow it on AWS: ${doubt} cannot be evaluated`;
    });
}

/** The narrow way, before the wide one: to call as a statement that is there wants it. */
function underConditions(
  considered: readonly StatementTrace[],
  policyTypes: readonly StatementTrace['policyType'][],
): readonly string[] {
  return considered.flatMap(({ effect, mismatch, policy, policyType, statement }) => {
    if (effect !== 'Allow' || mismatch?.element !== 'Condition' || !policyTypes.includes(policyType)) return [];
    const condition = `${mismatch.operator} of ${mismatch.key}: ${mismatch.written.join(' or ')}`;
    return [`call it so that statement [${statement}] of ${policyType} "${policy}" holds: ${condition}`];
  });
}
