// The policies around a call, besides the key's: who calls, how the call comes, whose key it is about.
// https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html

import type { AuthorizationRequest } from '@kmsim/authz';
import type { Engine } from '../engine.ts';
import type { Caller } from '../operation.ts';

type Layer = 'boundary' | 'sessionPolicies' | 'serviceControlPolicies' | 'resourceControlPolicies' | 'endpointPolicy';

export type Layers = Pick<AuthorizationRequest, 'identityPolicies' | Layer>;

/** `owner`: the account of the key or the role that is asked for, where there is one. */
export function layersOf(kms: Engine, { endpoint, principal, session, via }: Caller, owner?: string): Layers {
  const { boundary, identityPolicies } = kms.identities.of(principal);
  const own = kms.organizations.of(principal.account);
  const owning = owner === principal.account ? own : owner === undefined ? undefined : kms.organizations.of(owner);
  return {
    identityPolicies,
    boundary,
    sessionPolicies: session?.policies,
    serviceControlPolicies: own?.serviceControlPolicies,
    resourceControlPolicies: owning?.resourceControlPolicies,
    // A service calls from its own network, whatever way its user's request came.
    endpointPolicy: endpoint === undefined || via !== undefined ? undefined : kms.endpoints.policyOf(endpoint),
  };
}
