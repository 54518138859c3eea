// Who calls, as a trace with inputs holds it. No credentials: a caller has none any more.

import type { Principal } from '@kmsim/authz';
import type { Caller } from '../identity/caller.ts';
import type { Session } from '../identity/session.ts';
import { type PolicyCache, policyProblem } from '../state/policies.ts';
import type { PolicyText } from '../state/records.ts';

/** As JSON can hold it; session policies as their texts. Without the program that called: its name differs from machine to machine. */
export function writeCaller({ client: _, session, ...caller }: Caller): object {
  if (session === undefined) return caller;
  const policies = session.policies.map(({ name, policy }): PolicyText => ({ name, text: policy.text }));
  return { ...caller, session: { ...session, policies } };
}

/** Undefined where it is no caller. */
export function readCaller(value: unknown, cache: PolicyCache): Caller | undefined {
  if (!isObject(value) || !isPrincipal(value['principal']) || typeof value['region'] !== 'string') return undefined;
  const { session, ...caller } = value as unknown as Caller;
  if (session === undefined) return caller;
  const policies: unknown = session.policies;
  if (!Array.isArray(policies) || !policies.every(isPolicyText)) return undefined;
  if (policyProblem(policies, 'session policy') !== undefined) return undefined;
  const known: Session = { ...session, policies: cache.named(policies, 'session policy') };
  return { ...caller, session: known };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrincipal(value: unknown): value is Principal {
  if (!isObject(value)) return false;
  const members: readonly (keyof Principal)[] = ['kind', 'arn', 'account', 'partition'];
  return members.every((name) => typeof value[name] === 'string');
}

function isPolicyText(value: unknown): value is PolicyText {
  return isObject(value) && typeof value['name'] === 'string' && typeof value['text'] === 'string';
}
