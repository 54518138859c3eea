// Users and roles and the policies attached to them.

import type { NamedPolicy, Principal } from '@kmsim/authz';
import { type PolicyCache, policyProblem } from '../state/policies.ts';
import type { IdentityRecord } from '../state/records.ts';
import type { State } from '../state/state.ts';
import { trustProblem } from './trust.ts';

/** The policies of a principal, ready to be asked. */
export interface Attached {
  readonly identityPolicies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy | undefined;
}

const nothing: Attached = { identityPolicies: [], boundary: undefined };

export class Identities {
  readonly #state: State;
  readonly #policies: PolicyCache;
  readonly #compiled = new WeakMap<IdentityRecord, Attached>();

  constructor(state: State, policies: PolicyCache) {
    this.#state = state;
    this.#policies = policies;
  }

  /** Defines a user or a role in place of what it was. Returns what is wrong with one of its policies. */
  put(record: IdentityRecord): string | undefined {
    const { boundary, policies, trust } = record;
    const problem =
      policyProblem(policies, 'identity policy') ??
      (boundary === undefined ? undefined : policyProblem([boundaryOf(boundary)], 'permissions boundary')) ??
      (trust === undefined ? undefined : trustProblem(trust));
    if (problem === undefined) this.#state.set('identities', nameOf(record.arn), record);
    return problem;
  }

  /** Whether there is a user or role of that name. */
  has(arn: string): boolean {
    return this.#state.get('identities', nameOf(arn)) !== undefined;
  }

  /** A session is its role. The root user and services are none. */
  recordOf(principal: Principal): IdentityRecord | undefined {
    const { arn, kind, roleArn } = principal;
    return this.#state.get('identities', kind === 'user' || kind === 'root' ? arn : nameOf(roleArn ?? arn));
  }

  of(principal: Principal): Attached {
    const record = this.recordOf(principal);
    if (record === undefined) return nothing;
    const known = this.#compiled.get(record);
    if (known !== undefined) return known;
    const attached = this.#compile(record);
    this.#compiled.set(record, attached);
    return attached;
  }

  #compile({ boundary, policies }: IdentityRecord): Attached {
    const identityPolicies = this.#policies.named(policies, 'identity policy');
    const limits = boundary === undefined ? [] : [boundaryOf(boundary)];
    return { identityPolicies, boundary: this.#policies.named(limits, 'permissions boundary')[0] };
  }

  policiesOf(principal: Principal): readonly NamedPolicy[] {
    return this.of(principal).identityPolicies;
  }

  /** The same principal, where it is a session with the whole ARN of its role: that of the session leaves the path out. */
  complete(principal: Principal): Principal {
    const record = principal.kind === 'session' ? this.recordOf(principal) : undefined;
    return record === undefined ? principal : { ...principal, roleArn: record.arn };
  }
}

// A user or a role has one at most, so it needs no name of its own.
function boundaryOf(text: string): { readonly name: string; readonly text: string } {
  return { name: 'boundary', text };
}

// The ARN of a session has the name of its role without the path. Role names are unique in an account, whatever their path.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
function nameOf(arn: string): string {
  return arn.includes(':role/') ? arn.replace(/^(arn:[^:]+:iam::\d{12}:role\/).*\//, '$1') : arn;
}
