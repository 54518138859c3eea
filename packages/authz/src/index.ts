// The face of @kmsim/authz.

export { authorize } from './authorize.ts';
export type { DecidedBy, Decision, Outcome, Reason } from './decision.ts';
export { explainDecision } from './explain.ts';
export type { ParsedPolicy, Policy } from './policy.ts';
export { parsePolicy } from './policy.ts';
export type { Principal } from './principal.ts';
export { parsePrincipal } from './principal.ts';
export type { Hold } from './principal-set.ts';
export type { AuthorizationRequest, NamedPolicy } from './request.ts';
export type { PolicyType, PolicyVersion, Statement } from './statement.ts';
export type { Mismatch, StatementTrace } from './trace.ts';
