// VPC endpoints for KMS, and what their policies let through.
// https://docs.aws.amazon.com/kms/latest/developerguide/kms-vpc-endpoint.html

import type { NamedPolicy } from '@kmsim/authz';
import { type PolicyCache, policyProblem } from '../state/policies.ts';
import type { EndpointRecord } from '../state/records.ts';
import type { State } from '../state/state.ts';

export class Endpoints {
  readonly #state: State;
  readonly #policies: PolicyCache;
  readonly #compiled = new WeakMap<EndpointRecord, NamedPolicy>();

  constructor(state: State, policies: PolicyCache) {
    this.#state = state;
    this.#policies = policies;
  }

  /** Defines an endpoint in place of what it was. Returns what is wrong with its policy. */
  put(record: EndpointRecord): string | undefined {
    const { id, policy } = record;
    const problem = policy === undefined ? undefined : policyProblem([{ name: id, text: policy }], policyType);
    if (problem === undefined) this.#state.set('endpoints', id, record);
    return problem;
  }

  get(id: string): EndpointRecord | undefined {
    return this.#state.get('endpoints', id);
  }

  /** Undefined where nothing is kept back: an endpoint without a policy lets everything through. */
  policyOf(id: string): NamedPolicy | undefined {
    const record = this.get(id);
    if (record?.policy === undefined) return undefined;
    const known = this.#compiled.get(record);
    if (known !== undefined) return known;
    const compiled = { name: id, policy: this.#policies.compiled(record.policy, policyType) };
    this.#compiled.set(record, compiled);
    return compiled;
  }
}

const policyType = 'VPC endpoint policy';
