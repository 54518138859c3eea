// What would turn a denial into an Allow: the smallest statement that is missing, or the one that is in the way.

import { type Decision, isDecisive } from './decision.ts';
import type { Principal } from './principal.ts';
import { isFromAnotherAccount } from './request.ts';
import type { StatementTrace } from './trace.ts';

/** Sentences; a statement to add stands as JSON at the end of its line. Nothing for what is allowed already. */
export function remediesOf(decision: Decision): readonly string[] {
  const { request, considered } = decision;
  switch (decision.reason) {
    case 'allowed':
      return [];
    case 'explicit deny':
      return denyRemedies(decision);
    case 'the operation cannot be called from another account':
      return [
        `call it as a principal of account ${request.keyAccount ?? 'that owns the key'}: no policy can change this`,
      ];
    case 'no identity policy statement allows it':
      return [...almost(considered, 'identity policy'), addToIdentity(decision)];
    case 'no key policy statement allows it': {
      const remedies = [...almost(considered, 'key policy'), addToKeyPolicy(decision)];
      // What matches here is an Allow: a Deny would have been the reason.
      const hasIdentity = considered.some(({ policyType, matched }) => policyType === 'identity policy' && matched);
      const needsIdentity = isFromAnotherAccount(request) && request.principal.kind !== 'root';
      if (needsIdentity && !hasIdentity) remedies.push(addToIdentity(decision));
      return remedies;
    }
  }
}

function denyRemedies(decision: Decision): readonly string[] {
  const remedies: string[] = [];
  for (const trace of decision.considered) {
    if (!isDecisive(trace, decision)) continue;
    const { statement, policyType, policy, notEvaluated } = trace;
    remedies.push(`remove or narrow statement [${statement}] of ${policyType} "${policy}": no Allow outweighs a Deny`);
    const doubt = notEvaluated.join(', ');
    if (doubt) remedies.push(`AWS may not deny it: ${doubt} is not evaluated yet, and the statement denies to be safe`);
  }
  return remedies;
}

function almost(considered: readonly StatementTrace[], policyType: StatementTrace['policyType']): readonly string[] {
  return considered
    .filter((trace) => trace.policyType === policyType && trace.effect === 'Allow')
    .filter(({ matched, mismatch }) => !matched && mismatch === undefined)
    .map(({ statement, policy, notEvaluated }) => {
      const doubt = notEvaluated.join(', ');
      return `statement [${statement}] of ${policyType} "${policy}" may allow it on AWS: ${doubt} is not evaluated yet`;
    });
}

function addToKeyPolicy({ request: { principal, action } }: Decision): string {
  const statement = { Effect: 'Allow', Principal: elementFor(principal), Action: action, Resource: '*' };
  return `add to the key policy: ${JSON.stringify(statement)}`;
}

function addToIdentity({ request: { principal, action, resource } }: Decision): string {
  if (principal.kind === 'service') return 'call it as a user or a role: a service principal has no identity policies';
  const statement = { Effect: 'Allow', Action: action, Resource: resource };
  return `add to an identity policy of ${identityOf(principal)}: ${JSON.stringify(statement)}`;
}

function elementFor(principal: Principal): object {
  return principal.kind === 'service' ? { Service: principal.arn } : { AWS: identityOf(principal) };
}

/** Sessions come and go: what is granted is granted to their role. */
function identityOf({ arn, roleArn }: Principal): string {
  return roleArn ?? arn;
}
