// The question: may this principal do this action on this resource, given these policies?

import type { Circumstances } from './context.ts';
import type { GrantTerms } from './grant.ts';
import type { GrantIndex } from './grant-index.ts';
import type { Policy } from './policy.ts';
import type { Principal } from './principal.ts';

/** One pair of action and resource; an operation that needs several (ReEncrypt, CreateAlias) asks several times. */
export interface AuthorizationRequest extends Circumstances {
  readonly principal: Principal;
  /** With its service: `kms:Decrypt`. */
  readonly action: string;
  /** The key's ARN, the alias's ARN, or `*` when the operation has no resource. */
  readonly resource: string;
  /** Absent: the operation has no key resource, and the identity policies decide alone. */
  readonly keyPolicy?: Policy | undefined;
  /** The account that owns the key. A key policy without it belongs to nobody's own account. */
  readonly keyAccount?: string | undefined;
  /** AWS manages the key: resource control policies do not reach it. */
  readonly awsManaged?: boolean | undefined;
  /** The operation can be called on another account's key, and by a service. */
  readonly crossAccount?: boolean | undefined;
  /** The policies of the principal: a session's are those of its role. */
  readonly identityPolicies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy | undefined;
  /** What the session was narrowed down to when it began; absent or empty: nothing was said. */
  readonly sessionPolicies?: readonly NamedPolicy[] | undefined;
  /** From the root of the organization down to the account. Absent for an account in no organization, or managing one. */
  readonly serviceControlPolicies?: readonly (readonly NamedPolicy[])[] | undefined;
  /** Those of the key's account, from all levels. What they allow is of no account. */
  readonly resourceControlPolicies?: readonly NamedPolicy[] | undefined;
  /** Of the endpoint that the request came through. */
  readonly endpointPolicy?: NamedPolicy | undefined;
  /** The grants on the key. */
  readonly grants?: GrantIndex | undefined;
  /** The ids of the grants whose tokens came with the request. */
  readonly tokens?: ReadonlySet<string> | undefined;
  /** What the new grant would allow, for CreateGrant. */
  readonly childGrant?: GrantTerms | undefined;
}

export interface NamedPolicy {
  readonly name: string;
  /** Where it is attached, for whoever reads of it: `r-root`. Names are not told apart by it. */
  readonly at?: string;
  readonly policy: Policy;
}

/** Services are of no account: what another account has to allow nobody has to allow them. */
export function isFromAnotherAccount({ principal, keyAccount, keyPolicy }: AuthorizationRequest): boolean {
  if (principal.kind === 'service') return false;
  return keyAccount === undefined ? keyPolicy !== undefined : keyAccount !== principal.account;
}
