// Users and roles and the identity policies attached to them.

import { type Policy, type Principal, parsePolicy } from '@kmsim/authz';
import type { IdentityRecord } from '../state/records.ts';
import type { State } from '../state/state.ts';

export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

const none: readonly NamedPolicy[] = [];

export class Identities {
  readonly #state: State;
  readonly #compiled = new Map<
    string,
    { readonly record: IdentityRecord; readonly policies: readonly NamedPolicy[] }
  >();

  constructor(state: State) {
    this.#state = state;
  }

  /** Attaches policies to a user or role, in place of those it had. Returns what is wrong with one of them. */
  put(record: IdentityRecord): string | undefined {
    for (const { name, text } of record.policies) {
      const parsed = parsePolicy(text, 'identity policy');
      if (!parsed.ok) return `policy ${name}: ${parsed.problem}`;
    }
    this.#state.set('identities', nameOf(record.arn), record);
    return undefined;
  }

  /** A session has the policies of its role. The root user and services have none. */
  policiesOf(principal: Principal): readonly NamedPolicy[] {
    const record = this.#state.get('identities', nameOf(principal.roleArn ?? principal.arn));
    if (record === undefined) return none;
    const known = this.#compiled.get(record.arn);
    if (known?.record === record) return known.policies;
    const policies = record.policies.map(({ name, text }) => {
      const parsed = parsePolicy(text, 'identity policy');
      // Leaving one out could leave out a Deny.
      if (!parsed.ok) throw new Error(`a stored identity policy does not parse: ${parsed.problem}`);
      return { name, policy: parsed.policy };
    });
    this.#compiled.set(record.arn, { record, policies });
    return policies;
  }
}

// The ARN of a session has the name of its role without the path. Role names are unique in an account, whatever their path.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
function nameOf(arn: string): string {
  return arn.includes(':role/') ? arn.replace(/:role\/.*\//, ':role/') : arn;
}
