// Permissions that follow from the principal, the action and the policies alone, kept for the next request that asks for the same: most policies
// have no condition and name no resource but `*`, and a simulation asks the same of them over and over.

import type { Policy } from './policy.ts';
import type { AuthorizationRequest, NamedPolicy } from './request.ts';
import type { Statement } from './statement.ts';

type Known = Omit<AuthorizationRequest, 'action' | 'resource' | 'context' | 'now' | 'grants' | 'tokens' | 'childGrant'>;

/** So many callers are known of one key policy and one action; then the first is forgotten. */
const most = 8;

/** The policies of the requests, and the lists that hold them, must never change in place: they are recognized, not compared. */
export class Settled {
  readonly #allowed = new WeakMap<Policy, Map<string, Known[]>>();

  /** Whether `authorize` allowed the same before and would do so again, whatever the resource and the circumstances are. */
  allows(request: AuthorizationRequest): boolean {
    const { action, grants, keyPolicy } = request;
    if (keyPolicy === undefined || (grants !== undefined && grants.size > 0)) return false;
    const list = this.#allowed.get(keyPolicy)?.get(action);
    if (list === undefined) return false;
    for (const known of list) if (isSame(known, request)) return true;
    return false;
  }

  /** `authorize` has allowed it. Kept where nothing else could have come out. */
  note(request: AuthorizationRequest): void {
    const { action, grants, keyPolicy } = request;
    if (keyPolicy === undefined || (grants !== undefined && grants.size > 0) || !isPlain(request)) return;
    let byAction = this.#allowed.get(keyPolicy);
    if (byAction === undefined) {
      byAction = new Map();
      this.#allowed.set(keyPolicy, byAction);
    }
    const list = byAction.get(action) ?? [];
    if (list.length === most) list.shift();
    list.push(knownOf(request));
    byAction.set(action, list);
  }
}

// Without the context, which would keep the whole call.
function knownOf(request: AuthorizationRequest): Known {
  return {
    principal: request.principal,
    keyPolicy: request.keyPolicy,
    keyAccount: request.keyAccount,
    awsManaged: request.awsManaged,
    crossAccount: request.crossAccount,
    identityPolicies: request.identityPolicies,
    boundary: request.boundary,
    sessionPolicies: request.sessionPolicies,
    serviceControlPolicies: request.serviceControlPolicies,
    resourceControlPolicies: request.resourceControlPolicies,
    endpointPolicy: request.endpointPolicy,
  };
}

function isSame(known: Known, request: AuthorizationRequest): boolean {
  return (
    known.principal === request.principal &&
    known.identityPolicies === request.identityPolicies &&
    known.keyAccount === request.keyAccount &&
    known.awsManaged === request.awsManaged &&
    known.crossAccount === request.crossAccount &&
    known.boundary === request.boundary &&
    known.sessionPolicies === request.sessionPolicies &&
    known.serviceControlPolicies === request.serviceControlPolicies &&
    known.resourceControlPolicies === request.resourceControlPolicies &&
    known.endpointPolicy === request.endpointPolicy
  );
}

/** No policy that has a say looks at the resource or at the circumstances. */
function isPlain(request: AuthorizationRequest): boolean {
  const { boundary, endpointPolicy, identityPolicies, keyPolicy, resourceControlPolicies, sessionPolicies } = request;
  return (
    (keyPolicy === undefined || isPlainPolicy(keyPolicy)) &&
    arePlain(identityPolicies) &&
    (boundary === undefined || isPlainPolicy(boundary.policy)) &&
    arePlain(sessionPolicies) &&
    (request.serviceControlPolicies ?? []).every(arePlain) &&
    arePlain(resourceControlPolicies) &&
    (endpointPolicy === undefined || isPlainPolicy(endpointPolicy.policy))
  );
}

function arePlain(policies: readonly NamedPolicy[] = []): boolean {
  return policies.every(({ policy }) => isPlainPolicy(policy));
}

function isPlainPolicy({ statements }: Policy): boolean {
  return statements.every(isPlainStatement);
}

function isPlainStatement({ actions, clauses, resources }: Statement): boolean {
  return clauses.length === 0 && resources.everything && !resources.negated && actions.templates.length === 0;
}
