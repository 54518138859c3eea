// The answer, and everything that led to it.

import type { Grant } from './grant.ts';
import { type Found, layersOf } from './layers.ts';
import type { PolicyType } from './policy-type.ts';
import type { AuthorizationRequest } from './request.ts';
import { type StatementTrace, traceOf } from './trace.ts';

export type Outcome = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';

export type Reason =
  | 'allowed'
  | 'explicit deny'
  | 'no key policy statement allows it'
  | 'no identity policy statement allows it'
  | 'no permissions boundary allows it'
  | 'no session policy allows it'
  | 'no service control policy allows it'
  | 'no VPC endpoint policy allows it'
  | 'the operation cannot be called from another account'
  | 'nothing lets the caller retire the grant'
  | 'the action is unknown'
  | 'the evaluation failed';

export interface Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** The statement or grant that settled it. Undefined when none did: an implicit deny, or a root user who needs no policy. */
  readonly decidedBy: DecidedBy | undefined;
  /** The key policy lets the caller in only together with an identity policy, so those had to decide. */
  readonly delegated: boolean;
  /** The question that this answers. */
  readonly request: AuthorizationRequest;
  /** Every statement that was there, and why it counted or not. Worked out when read. */
  readonly considered: readonly StatementTrace[];
  /** Condition keys that a statement asked for and the request does not have, as the policies write them. */
  readonly missingKeys: readonly string[];
}

export interface DecidedBy {
  readonly policyType: PolicyType | 'grant';
  /** The name of the policy; the id of the grant. */
  readonly policy: string;
  /** Where the policy is attached, when that is known. */
  readonly at?: string;
  readonly statement: number;
  readonly sid?: string;
}

export function isDecisive(trace: StatementTrace, { decidedBy }: Decision): boolean {
  return (
    trace.policyType === decidedBy?.policyType &&
    trace.policy === decidedBy.policy &&
    trace.at === decidedBy.at &&
    trace.statement === decidedBy.statement
  );
}

/** One small object a request; what only a reader wants to know is a getter. */
export class Verdict implements Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly delegated: boolean;
  readonly #request: AuthorizationRequest;
  readonly #decider: Found | Grant | undefined;

  constructor(
    outcome: Outcome,
    reason: Reason,
    delegated: boolean,
    request: AuthorizationRequest,
    decider?: Found | Grant,
  ) {
    this.outcome = outcome;
    this.reason = reason;
    this.delegated = delegated;
    this.#request = request;
    this.#decider = decider;
  }

  get request(): AuthorizationRequest {
    return this.#request;
  }

  get decidedBy(): DecidedBy | undefined {
    const decider = this.#decider;
    if (decider === undefined) return undefined;
    if (!('statement' in decider)) return { policyType: 'grant', policy: decider.id, statement: 0 };
    const { policyType, policy, statement } = decider;
    const { index, sid } = statement;
    const at = this.#placeOf(decider);
    return { policyType, policy, ...(at && { at }), statement: index, ...(sid !== undefined && { sid }) };
  }

  /** Looked up here, that nothing is carried about while deciding. A denial is looked for in this order too. */
  #placeOf({ policyType, policy: name, statement }: Found): string | undefined {
    for (const [type, { at, name: other, policy }] of layersOf(this.#request)) {
      if (type !== policyType || other !== name) continue;
      if (policy.denies.includes(statement) || policy.allows.includes(statement)) return at;
    }
    return undefined;
  }

  get considered(): readonly StatementTrace[] {
    return traceOf(this.#request);
  }

  get missingKeys(): readonly string[] {
    return [...new Set(this.considered.flatMap(({ missingKeys }) => missingKeys ?? []))];
  }

  toJSON(): object {
    const { outcome, reason, decidedBy, delegated, missingKeys, considered } = this;
    return { outcome, reason, ...(decidedBy && { decidedBy }), delegated, missingKeys, considered };
  }
}

type Inspect = (value: unknown, options: object) => string;

// console.log in Node.js shows no getters: https://nodejs.org/api/util.html#custom-inspection-functions-on-objects
Object.defineProperty(Verdict.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: Verdict, _depth: number, options: object, inspect: Inspect): string {
    return `Decision ${inspect(this.toJSON(), { ...options, depth: null })}`;
  },
});
