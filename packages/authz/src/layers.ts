// The policies around a decision: which of them apply to a request, and what each kind of silence means.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

import type { PolicyType } from './policy-type.ts';
import { canBeBounded } from './principal.ts';
import type { AuthorizationRequest, NamedPolicy } from './request.ts';
import { covers, holdOf, type Statement } from './statement.ts';

/** Every key has one policy, and this is its name (PutKeyPolicy, PolicyName). */
export const KEY_POLICY_NAME = 'default';

export interface Found {
  readonly policyType: PolicyType;
  readonly policy: string;
  readonly statement: Statement;
}

/** Each policy that applies, in the order in which a denial is looked for and a trace is written. */
export function* layersOf(request: AuthorizationRequest): Generator<readonly [PolicyType, NamedPolicy]> {
  const { keyPolicy, identityPolicies, boundary, sessionPolicies, endpointPolicy } = request;
  if (keyPolicy !== undefined) yield ['key policy', { name: KEY_POLICY_NAME, policy: keyPolicy }];
  for (const policy of identityPolicies) yield ['identity policy', policy];
  if (boundary !== undefined) yield ['permissions boundary', boundary];
  for (const policy of sessionPolicies ?? []) yield ['session policy', policy];
  for (const level of controlLevels(request)) for (const policy of level) yield ['service control policy', policy];
  for (const policy of resourceControls(request)) yield ['resource control policy', policy];
  if (endpointPolicy !== undefined) yield ['VPC endpoint policy', endpointPolicy];
}

const NONE: readonly never[] = [];

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp */
export function controlLevels(request: AuthorizationRequest): readonly (readonly NamedPolicy[])[] {
  const { principal, serviceControlPolicies } = request;
  if (serviceControlPolicies === undefined || principal.kind === 'service' || isServiceLinked(request)) return NONE;
  return serviceControlPolicies;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-effects-on-permissions */
export function resourceControls(request: AuthorizationRequest): readonly NamedPolicy[] {
  const { resourceControlPolicies, keyPolicy, awsManaged, action } = request;
  if (resourceControlPolicies === undefined || keyPolicy === undefined || awsManaged === true) return NONE;
  const unreachable = /^kms:RetireGrant$/i.test(action) || isServiceLinked(request);
  return unreachable ? NONE : resourceControlPolicies;
}

// A path may hold colons: only what begins as a role of the reserved path is one.
const SERVICE_LINKED = /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//;

function isServiceLinked({ principal: { roleArn, arn } }: AuthorizationRequest): boolean {
  return SERVICE_LINKED.test(roleArn ?? arn);
}

/** The first statement with `effect` that is about the request. */
export function findIn(
  { name, policy }: NamedPolicy,
  policyType: PolicyType,
  effect: 'Allow' | 'Deny',
  request: AuthorizationRequest,
): Found | undefined {
  for (const statement of effect === 'Allow' ? policy.allows : policy.denies) {
    if (holdOf(statement, request) !== undefined && covers(statement, request, policyType)) {
      return { policyType, policy: name, statement };
    }
  }
  return undefined;
}

/** A layer that limits must allow; one that is not there does not limit. */
export function allowsOneOf(
  policies: readonly NamedPolicy[],
  policyType: PolicyType,
  request: AuthorizationRequest,
): boolean {
  for (const policy of policies) if (findIn(policy, policyType, 'Allow', request) !== undefined) return true;
  return false;
}

/** What narrows the permissions that an identity has of its own account; undefined when it lets the request pass. */
export function narrowedBy(request: AuthorizationRequest): 'permissions boundary' | 'session policy' | undefined {
  const { boundary, sessionPolicies, principal } = request;
  if (!canBeBounded(principal)) return undefined;
  if (boundary !== undefined && findIn(boundary, 'permissions boundary', 'Allow', request) === undefined)
    return 'permissions boundary';
  if (sessionPolicies === undefined || sessionPolicies.length === 0) return undefined;
  return allowsOneOf(sessionPolicies, 'session policy', request) ? undefined : 'session policy';
}
