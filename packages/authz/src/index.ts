// The face of @kmsim/authz.

export { authorize } from './authorize.ts';
export type { Case, CaseDefaults, CaseGrant, CaseKey } from './case.ts';
export { type CaseFile, readCases } from './case-file.ts';
export { type CaseResult, runCase, runCases } from './cases.ts';
export { type Change, changesToAllow } from './change.ts';
export {
  CONDITION_KEYS,
  type ConditionKey,
  foldName,
  isConditionKey,
  type ValueType,
  type Where,
} from './condition-keys.ts';
export { type Context, type ContextValue, contextOf, withContextKeys } from './context.ts';
export { type DecidedBy, type Decision, isDecisive, type Outcome, type Reason } from './decision.ts';
export { explainDecision, printable } from './explain.ts';
export { type Grant, type GrantConstraints, type GrantTerms, isNoWider, ungrantable } from './grant.ts';
export { type GrantFile, readGrants } from './grant-file.ts';
export { GrantIndex } from './grant-index.ts';
export { repeatedMember } from './json.ts';
export { layersOf } from './layers.ts';
export { mentionsAction, mentionsResource } from './mentions.ts';
export type { ParsedPolicy, Policy } from './policy.ts';
export { parsePolicy } from './policy.ts';
export type { PolicyType, PolicyVersion } from './policy-type.ts';
export { possibilityOf, refusalOf } from './possibility.ts';
export type { Principal } from './principal.ts';
export { parsePrincipal } from './principal.ts';
export type { Hold } from './principal-set.ts';
export { policyOf, type Remedy, remediesOf } from './remedy.ts';
export type { AuthorizationRequest, NamedPolicy } from './request.ts';
export { authorizeRetire } from './retire.ts';
export { Settled } from './settled.ts';
export type { Statement } from './statement.ts';
export type { Mismatch, StatementTrace } from './trace.ts';
export { allOf, type OpenCondition, type Possibility } from './ways.ts';
