// Then and now: whether an event had another outcome under the policies that are given, and how sure that is.

import type { Decision } from '@kmsim/authz';
import type { Now } from './now.ts';
import type { Then } from './then.ts';

/** What had to be assumed of an event. */
export interface Assumptions {
  /** Keys whose policy is taken for the default one. */
  readonly keys: readonly string[];
  /** The caller is taken to have every permission that key policies leave to the account. */
  readonly identity: string | undefined;
  /** The caller stands for one that the record tells less of. */
  readonly caller: string | undefined;
  /** The record has no parameters, so conditions on them are not met. */
  readonly noParameters: boolean;
}

export interface Difference {
  readonly kind: 'different';
  readonly recorded: string;
  readonly replayed: string;
  readonly decision: Decision | undefined;
  readonly message: string | undefined;
  /** Without these it might be as then. Empty: the policies that are given decide. */
  readonly restsOn: readonly string[];
}

export type Comparison =
  | { readonly kind: 'same' }
  | Difference
  /** The log lacks what led to the outcome. */
  | { readonly kind: 'unjudged'; readonly reason: string };

/** Errors that the policies which are given bring about, and not the state in which the log finds a key. */
const ofPolicies = new Set(['MalformedPolicyDocumentException']);

/** `isPinned`: the state or the kind of the key is given, so that errors of it count. */
export function compare(
  then: Exclude<Then, { kind: 'incomparable' }>,
  now: Now,
  assumptions: Assumptions,
  isPinned: boolean,
): Comparison {
  if (now.kind === 'denied') {
    if (then.kind === 'denied') return { kind: 'same' };
    return different(then, denied, now.decision, undefined, doubtsOfDenial(now.decision, assumptions));
  }
  if (now.kind === 'error') {
    // Both met something behind the permission: what it was is for the log to say.
    if (then.kind === 'error' && (!isPinned || then.code === now.code)) return { kind: 'same' };
    if (isPinned || ofPolicies.has(now.code)) return different(then, now.code, undefined, now.message, []);
    return { kind: 'unjudged', reason: `cannot be rebuilt from the log: ${now.code}` };
  }
  // What was refused behind the permission had the permission, and would be refused again.
  if (then.kind !== 'denied') return { kind: 'same' };
  const decision = now.decisions[0];
  return different(then, 'allowed', decision, undefined, doubtsOfAllowance(now.decisions, assumptions));
}

const denied = 'AccessDenied';

function different(
  then: Then,
  now: string,
  decision: Decision | undefined,
  message: string | undefined,
  restsOn: readonly string[],
): Difference {
  const recorded = then.kind === 'error' ? then.code : then.kind === 'denied' ? denied : 'allowed';
  return { kind: 'different', recorded, replayed: now, decision, message, restsOn };
}

// The key policy that is not known may name whom the default one leaves out. Nothing lifts an explicit deny of somebody else.
function doubtsOfDenial({ decidedBy, outcome }: Decision, { caller, keys }: Assumptions): readonly string[] {
  const isSure = outcome === 'ExplicitDeny' && decidedBy?.policyType !== 'key policy';
  return [...(isSure ? [] : keys.map(defaultPolicyOf)), ...(caller === undefined ? [] : [standsFor(caller)])];
}

// Whoever was refused then was refused by something: where that is not given, it may still stand.
function doubtsOfAllowance(decisions: readonly Decision[], assumptions: Assumptions): readonly string[] {
  const { caller, identity, keys, noParameters } = assumptions;
  const byKeyAlone = decisions.length > 0 && decisions.every(({ decidedBy }) => decidesAlone(decidedBy?.policyType));
  return [
    ...keys.map(defaultPolicyOf),
    ...(identity === undefined || byKeyAlone ? [] : [`the identity policies of ${identity}`]),
    ...(caller === undefined ? [] : [standsFor(caller)]),
    ...(noParameters ? ['the parameters of the request, which the record does not have'] : []),
  ];
}

function decidesAlone(type: string | undefined): boolean {
  return type === 'key policy' || type === 'grant';
}

function defaultPolicyOf(arn: string): string {
  return `the policy of ${arn}`;
}

function standsFor(caller: string): string {
  return `who exactly called: ${caller} stands for them`;
}
