// The kinds of policy that take part in a decision, and how they differ in what may be written into them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#access_policy-types

export type PolicyType =
  | 'key policy'
  | 'identity policy'
  | 'permissions boundary'
  | 'session policy'
  | 'service control policy'
  | 'resource control policy'
  | 'VPC endpoint policy';

export type PolicyVersion = '2012-10-17' | '2008-10-17';

export interface PolicyTraits {
  /** It says whom it is about. The others are about whoever they are attached to. */
  readonly principals: boolean;
  /** A statement without Action or Resource is accepted, and inert. */
  readonly inertStatements: boolean;
  /** It sees the tags and aliases of the key: a key policy does not. abac.html, alias-authorization.html */
  readonly seesTagsAndAliases: boolean;
}

const attached: PolicyTraits = { principals: false, inertStatements: false, seesTagsAndAliases: true };

export const POLICY_TRAITS: Readonly<Record<PolicyType, PolicyTraits>> = {
  'key policy': { principals: true, inertStatements: true, seesTagsAndAliases: false },
  'identity policy': attached,
  'permissions boundary': attached,
  'session policy': attached,
  'service control policy': attached,
  'resource control policy': { principals: true, inertStatements: false, seesTagsAndAliases: true },
  'VPC endpoint policy': { principals: true, inertStatements: false, seesTagsAndAliases: false },
};
