// A request with other policies in it: for questions of the kind "what if".

import type { Policy } from './policy.ts';
import type { PolicyType } from './policy-type.ts';
import type { AuthorizationRequest, NamedPolicy } from './request.ts';

export type Rewrite = (type: PolicyType, name: string, policy: Policy) => Policy;

/** `rewrite` is asked for every policy of the request; the key policy goes by no name. */
export function rewritten(request: AuthorizationRequest, rewrite: Rewrite): AuthorizationRequest {
  const { boundary, endpointPolicy, keyPolicy, serviceControlPolicies } = request;
  const one = (type: PolicyType, { policy, ...named }: NamedPolicy) => {
    return { ...named, policy: rewrite(type, named.name, policy) };
  };
  const many = (type: PolicyType, policies: readonly NamedPolicy[] = []) => policies.map((policy) => one(type, policy));
  return {
    ...request,
    keyPolicy: keyPolicy && rewrite('key policy', 'default', keyPolicy),
    identityPolicies: many('identity policy', request.identityPolicies),
    boundary: boundary && one('permissions boundary', boundary),
    sessionPolicies: many('session policy', request.sessionPolicies),
    serviceControlPolicies: serviceControlPolicies?.map((level) => many('service control policy', level)),
    resourceControlPolicies: many('resource control policy', request.resourceControlPolicies),
    endpointPolicy: endpointPolicy && one('VPC endpoint policy', endpointPolicy),
  };
}
