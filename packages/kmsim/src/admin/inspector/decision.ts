// One call opened: its records, and its decision as a tree of policies and statements.

import {
  type Decision,
  explainDecision,
  isDecisive,
  layersOf,
  type Mismatch,
  type Remedy,
  remediesOf,
  type StatementTrace,
} from '@kmsim/authz';
import { type CloudTrailRecord, deciderOf, isOperationName, KmsError } from '@kmsim/kms';
import { callerOf } from '../../cloudtrail/callers.ts';
import { eventOf } from '../../cloudtrail/event.ts';
import { explained } from '../../cloudtrail/now.ts';
import type { Kmsim } from '../../create-kmsim.ts';
import type { AdminAnswer } from '../refusals.ts';
import { nameIn } from './query.ts';

export interface StatementView {
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: boolean;
  /** It settled the decision. */
  readonly decides: boolean;
  /** A statement of a key policy about an account leaves it to identity policies. */
  readonly byAccount: boolean;
  readonly mismatch?: Mismatch;
  readonly missingKeys: readonly string[];
  readonly notEvaluated: readonly string[];
  /** As the document has it. */
  readonly source?: unknown;
}

export interface LayerView {
  /** `key policy`, `service control policy`, `grant` ... */
  readonly type: string;
  readonly name: string;
  readonly at?: string;
  readonly says: 'denies' | 'allows' | 'leaves it to identity policies' | 'says nothing';
  /** Here the decision was made, or what was needed is missing. */
  readonly settles: boolean;
  readonly statements: readonly StatementView[];
}

export interface DecisionTree {
  readonly outcome: Decision['outcome'];
  readonly reason: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly keyAccount?: string;
  readonly layers: readonly LayerView[];
  readonly missingKeys: readonly string[];
  readonly remedies: readonly Remedy[];
  readonly text: string;
}

export interface OpenedCall {
  /** The records of the call, or of what the service did by itself: two for a call from account to account. */
  readonly events: readonly CloudTrailRecord[];
  /** `then`: as it was decided. `now`: asked again, with the policies that there are now. */
  readonly basis?: 'then' | 'now';
  readonly decisions: readonly DecisionTree[];
  /** Why there is none. */
  readonly why?: string;
}

/** By the id of the request, or of an event. */
export function callFrom(sim: Kmsim, query: URLSearchParams): AdminAnswer {
  const id = nameIn(query, 'id');
  if (typeof id !== 'string') return { refusal: id };
  const events = sim.trail.events.filter(({ eventID, requestID }) => requestID === id || eventID === id);
  const [event] = events;
  if (event === undefined)
    return { refusal: { status: 404, code: 'NotFoundException', message: 'The trail has no such event.' } };
  const opened: OpenedCall = { events, ...decisionsOn(sim, event) };
  return { value: opened };
}

function decisionsOn(sim: Kmsim, event: CloudTrailRecord): Omit<OpenedCall, 'events'> {
  const then = sim.trail.decisionOn(event);
  if (then !== undefined) return { basis: 'then', decisions: [treeOf(then)] };
  const none = (why: string) => ({ decisions: [], why });
  if (event.eventType === 'AwsServiceEvent') return none('KMS did this by itself: nobody had to be allowed.');
  const read = eventOf(event);
  if (typeof read === 'string' || !isOperationName(event.eventName)) return none('It is no operation of KMS.');
  const rebuilt = callerOf(read);
  if (rebuilt === undefined) return none('The record does not say enough of its caller to ask again.');
  try {
    const now = explained(sim, event.eventName, read, rebuilt.caller);
    if (now.kind === 'error') return none(unasked(event, now));
    const decisions = now.kind === 'denied' ? [now.decision] : now.decisions;
    return decisions.length === 0
      ? none('It needs no permission.')
      : { basis: 'now', decisions: decisions.map(treeOf) };
  } catch (error) {
    if (error instanceof KmsError) return none(unasked(event, error));
    throw error;
  }
}

// What a failed call named may be no key, and is not in its record then: what asking again would say of that is not what happened.
function unasked(
  { errorCode }: CloudTrailRecord,
  { code, message }: { readonly code: string; readonly message: string },
): string {
  if (errorCode !== undefined)
    return `No decision: the call ended with ${errorCode} before anybody's rights were asked.`;
  return `Asked again now: ${code}: ${message}`;
}

function treeOf(decision: Decision): DecisionTree {
  const { missingKeys, outcome, reason, request } = decision;
  const { action, keyAccount, principal, resource } = request;
  return {
    outcome,
    reason,
    principal: principal.arn,
    action,
    resource,
    ...(keyAccount !== undefined && { keyAccount }),
    layers: layersIn(decision),
    missingKeys,
    remedies: outcome === 'Allow' ? [] : remediesOf(decision),
    text: explainDecision(decision),
  };
}

function layersIn(decision: Decision): readonly LayerView[] {
  const { considered, decidedBy, request } = decision;
  const blamed = outcomeType(decision);
  const policies = [...layersOf(request)].map(([type, { at, name, policy }]): LayerView => {
    const traces = considered.filter((trace) => trace.policyType === type && trace.policy === name && trace.at === at);
    const sources = sourcesOf(policy.text);
    const statements = traces.map((trace) => viewOf(trace, decision, sources[trace.statement]));
    const says = saying(traces);
    const settles = decidedBy === undefined ? type === blamed : statements.some(({ decides }) => decides);
    return { type, name, ...(at !== undefined && { at }), says, settles, statements };
  });
  // What is missing altogether has a place in the tree, too.
  if (request.identityPolicies.length === 0 && principalHasPolicies(decision)) {
    const place = { type: 'identity policy', name: '', says: 'says nothing', statements: [] } as const;
    const after = policies.findLastIndex(({ type }) => type === 'key policy') + 1;
    policies.splice(after, 0, { ...place, settles: decidedBy === undefined && blamed === 'identity policy' });
  }
  const grants = considered.filter(({ policyType }) => policyType === 'grant');
  return [
    ...policies,
    ...grants.map((trace): LayerView => {
      const statement = viewOf(trace, decision, undefined);
      const says = trace.matched ? 'allows' : 'says nothing';
      return { type: 'grant', name: trace.policy, says, settles: statement.decides, statements: [statement] };
    }),
  ];
}

function outcomeType(decision: Decision): string | undefined {
  return decision.outcome === 'Allow' ? undefined : deciderOf(decision);
}

function principalHasPolicies({ request: { principal } }: Decision): boolean {
  return principal.kind !== 'service' && principal.kind !== 'root';
}

function saying(traces: readonly StatementTrace[]): LayerView['says'] {
  const matched = traces.filter((trace) => trace.matched);
  if (matched.some(({ effect }) => effect === 'Deny')) return 'denies';
  if (matched.some(({ holds }) => holds !== 'account')) return 'allows';
  return matched.length > 0 ? 'leaves it to identity policies' : 'says nothing';
}

function viewOf(trace: StatementTrace, decision: Decision, source: unknown): StatementView {
  const { effect, holds, matched, mismatch, missingKeys = [], notEvaluated, sid, statement } = trace;
  return {
    index: statement,
    ...(sid !== undefined && { sid }),
    effect,
    matched,
    decides: isDecisive(trace, decision),
    byAccount: matched && holds === 'account',
    ...(mismatch && { mismatch }),
    missingKeys,
    notEvaluated,
    ...(source !== undefined && { source }),
  };
}

// A policy that stands has been read before.
function sourcesOf(text: string): readonly unknown[] {
  const { Statement } = JSON.parse(text) as { readonly Statement?: unknown };
  return Array.isArray(Statement) ? Statement : [Statement];
}
