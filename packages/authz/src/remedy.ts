// What would turn a denial into an Allow: the smallest statement that is missing, or the one that is in the way.

import { type Decision, isDecisive } from './decision.ts';
import type { Principal } from './principal.ts';
import { isFromAnotherAccount } from './request.ts';
import type { StatementTrace } from './trace.ts';

/** Sentences; a statement to add stands as JSON at the end of its line. Nothing for what is allowed already. */
export function remediesOf(decision: Decision): readonly string[] {
  const { request, considered } = decision;
  const { action, resource, principal } = request;
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
      const needsIdentity = isFromAnotherAccount(request) && principal.kind !== 'root';
      if (needsIdentity && !hasIdentity) remedies.push(addToIdentity(decision));
      return remedies;
    }
    case 'no permissions boundary allows it':
      return widen(considered, 'permissions boundary', allow(action, resource));
    case 'no session policy allows it':
      return widen(considered, 'session policy', allow(action, resource));
    case 'no service control policy allows it':
      return widen(considered, 'service control policy', allow(action, '*'));
    case 'no VPC endpoint policy allows it':
      return widen(considered, 'VPC endpoint policy', { ...allow(action, resource), Principal: '*' });
    case 'nothing lets the caller retire the grant':
      return [
        'retire it as its retiring principal, as a grantee whose grant lists RetireGrant, or in the issuing account',
      ];
    case 'the action is unknown':
      return [`KMS has no action ${action}`];
    case 'the evaluation failed':
      return ['see why the context of the request cannot be read: nobody is let in by an evaluation that fails'];
  }
}

function widen(
  considered: readonly StatementTrace[],
  policyType: StatementTrace['policyType'],
  statement: object,
): readonly string[] {
  return [...almost(considered, policyType), `add to the ${policyType}: ${JSON.stringify(statement)}`];
}

function allow(action: string, resource: string): object {
  return { Effect: 'Allow', Action: action, Resource: resource };
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

function addToKeyPolicy({ request: { principal, action } }: Decision): string {
  const statement = { Effect: 'Allow', Principal: elementFor(principal), Action: action, Resource: '*' };
  return `add to the key policy: ${JSON.stringify(statement)}`;
}

function addToIdentity({ request: { principal, action, resource } }: Decision): string {
  if (principal.kind === 'service') return 'call it as a user or a role: a service principal has no identity policies';
  return `add to an identity policy of ${identityOf(principal)}: ${JSON.stringify(allow(action, resource))}`;
}

function elementFor(principal: Principal): object {
  return principal.kind === 'service' ? { Service: principal.arn } : { AWS: identityOf(principal) };
}

/** Sessions come and go: what is granted is granted to their role. */
function identityOf({ arn, roleArn }: Principal): string {
  return roleArn ?? arn;
}
