// The answer, and everything that led to it.

import type { AuthorizationRequest } from './request.ts';
import type { PolicyType, Statement } from './statement.ts';
import { type StatementTrace, traceOf } from './trace.ts';

export type Outcome = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';

export type Reason =
  | 'allowed'
  | 'explicit deny'
  | 'no key policy statement allows it'
  | 'no identity policy statement allows it'
  | 'the operation cannot be called from another account';

export interface Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** The statement that settled it. Undefined when none did: an implicit deny, or a root user who needs no policy. */
  readonly decidedBy: DecidedBy | undefined;
  /** The key policy lets the caller in only together with an identity policy, so those had to decide. */
  readonly delegated: boolean;
  /** The question that this answers. */
  readonly request: AuthorizationRequest;
  /** Every statement that was there, and why it counted or not. Worked out when read. */
  readonly considered: readonly StatementTrace[];
}

export interface DecidedBy {
  readonly policyType: PolicyType;
  readonly policy: string;
  readonly statement: number;
  readonly sid?: string;
}

export function isDecisive(trace: StatementTrace, { decidedBy }: Decision): boolean {
  return (
    trace.policyType === decidedBy?.policyType &&
    trace.policy === decidedBy.policy &&
    trace.statement === decidedBy.statement
  );
}

/** One small object a request; what only a reader wants to know is a getter. */
export class Verdict implements Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly delegated: boolean;
  readonly #request: AuthorizationRequest;
  readonly #statement: Statement | undefined;
  readonly #policyType: PolicyType;
  readonly #policy: string;

  constructor(
    outcome: Outcome,
    reason: Reason,
    delegated: boolean,
    request: AuthorizationRequest,
    statement?: Statement,
    policyType: PolicyType = 'key policy',
    policy = '',
  ) {
    this.outcome = outcome;
    this.reason = reason;
    this.delegated = delegated;
    this.#request = request;
    this.#statement = statement;
    this.#policyType = policyType;
    this.#policy = policy;
  }

  get request(): AuthorizationRequest {
    return this.#request;
  }

  get decidedBy(): DecidedBy | undefined {
    const statement = this.#statement;
    if (statement === undefined) return undefined;
    const { index, sid } = statement;
    return { policyType: this.#policyType, policy: this.#policy, statement: index, ...(sid !== undefined && { sid }) };
  }

  get considered(): readonly StatementTrace[] {
    return traceOf(this.#request);
  }

  toJSON(): object {
    const { outcome, reason, decidedBy, delegated, considered } = this;
    return { outcome, reason, ...(decidedBy && { decidedBy }), delegated, considered };
  }
}
