// The question: may this principal do this action on this resource, given these policies?

import type { Policy } from './policy.ts';
import type { Principal } from './principal.ts';

/** One pair of action and resource; an operation that needs several (ReEncrypt, CreateAlias) asks several times. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** With its service: `kms:Decrypt`. */
  readonly action: string;
  /** The key's ARN, the alias's ARN, or `*` when the operation has no resource. */
  readonly resource: string;
  /** Absent: the operation has no key resource, and the identity policies decide alone. */
  readonly keyPolicy?: Policy;
  /** The account that owns the key. A key policy without it belongs to nobody's own account. */
  readonly keyAccount?: string;
  /** The operation can be called on another account's key. */
  readonly crossAccount?: boolean;
  /** The policies of the principal: a session's are those of its role. */
  readonly identityPolicies: readonly NamedPolicy[];
}

export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/** Services are of no account: what limits other accounts is not meant for them. */
export function isFromAnotherAccount({ principal, keyAccount, keyPolicy }: AuthorizationRequest): boolean {
  if (principal.kind === 'service') return false;
  return keyAccount === undefined ? keyPolicy !== undefined : keyAccount !== principal.account;
}
