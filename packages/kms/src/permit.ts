// Authorization: every permission a call needs, one decision each; and the same decisions without the call.

import { type AuthorizationRequest, authorize, authorizeRetire, type Decision } from '@kmsim/authz';
import { refusal } from './access-denied.ts';
import type { KmsError } from './api/errors.ts';
import type { OperationName } from './api/shapes.ts';
import { missing, refuse } from './api/violations.ts';
import { considerRecipient } from './attestation/recipient.ts';
import type { Engine } from './engine.ts';
import { enterGrantTokens } from './enter.ts';
import { asSeen } from './foreign-key.ts';
import { layersOf } from './identity/layers.ts';
import { relativeIn } from './multi-region/related.ts';
import type { Call, Caller, Subject } from './operation.ts';
import { questionCall } from './question.ts';
import { requestContext } from './request-context.ts';
import { checkAliasName, checkNewAliasName } from './state/check-alias-name.ts';
import { findGrant, noSuchGrant } from './state/find-grant.ts';
import type { KeyRecord } from './state/records.ts';
import { resolveKey } from './state/resolve.ts';
import { policyAt } from './state/spreading.ts';
import type { PermissionResource } from './tables/operations.ts';

/** AccessDeniedException for the first permission that is missing. */
export function permit(call: Call): void {
  const refused = refusalOf(call);
  // Not in the loop, which would be left by a second throw.
  if (refused !== undefined) throw refused;
}

function refusalOf(call: Call): KmsError | undefined {
  for (const { action, given, on } of call.row.permissions) {
    if (given !== undefined && (call.input as { Tags?: unknown })[given] === undefined) continue;
    const subject = call.subjects[on];
    // An alias whose key is gone leaves nobody to ask, and so does a Region without a replica.
    if (subject === undefined && (on === 'aliasKey' || on === 'replicaKey')) continue;
    const decision = judged(call, action, on, subject);
    if (decision === undefined) continue;
    const seen = asSeen(call, on, subject, decision);
    return refusal(call, action, subject, decision, seen === subject ? decision : decide(call, action, on, seen));
  }
  return undefined;
}

/** The decision on a permission that is missing; undefined when it is not. */
function judged(
  call: Call,
  action: string,
  on: PermissionResource,
  subject: Subject | undefined,
): Decision | undefined {
  const { settled } = call.kms.policies;
  const request = requestFor(call, action, on, subject);
  // RetireGrant asks the grant.
  const isPolicys = subject?.grant === undefined;
  if (isPolicys && settled.allows(request)) return undefined;
  const decision = answer(request, subject);
  if (decision.outcome !== 'Allow') return decision;
  if (isPolicys) settled.note(request);
  return undefined;
}

/** The decision on one permission of a call. */
function decide(call: Call, action: string, on: PermissionResource, subject: Subject | undefined): Decision {
  return answer(requestFor(call, action, on, subject), subject);
}

function answer(request: AuthorizationRequest, subject: Subject | undefined): Decision {
  return subject?.grant === undefined ? authorize(request) : authorizeRetire(request, subject.grant);
}

function requestFor(
  call: Call,
  action: string,
  on: PermissionResource,
  subject: Subject | undefined,
): AuthorizationRequest {
  const { caller, kms } = call;
  const { principal } = caller;
  const resource = subject?.resource ?? '*';
  const key = subject?.key;
  const layers = layersOf(kms, caller, key?.account);
  // Member by member: a spread in this place was measured to cost many times as much as the decision.
  const { boundary, endpointPolicy, identityPolicies, sessionPolicies } = layers;
  const { resourceControlPolicies, serviceControlPolicies } = layers;
  const context = requestContext(call, on, subject);
  const { now } = call;
  if (key === undefined)
    return {
      principal,
      action,
      resource,
      identityPolicies,
      boundary,
      sessionPolicies,
      serviceControlPolicies,
      endpointPolicy,
      context,
      now,
    };
  return {
    principal,
    action,
    resource,
    identityPolicies,
    boundary,
    sessionPolicies,
    serviceControlPolicies,
    resourceControlPolicies,
    endpointPolicy,
    keyPolicy: kms.policies.compiled(policyAt(key, now)),
    keyAccount: key.account,
    crossAccount: call.row.crossAccount,
    awsManaged: key.manager === 'AWS',
    grants: kms.state.grants.on(key.arn),
    tokens: call.tokens,
    childGrant: subject?.childGrant,
    context,
    now,
  };
}

export interface Question {
  readonly caller: Caller;
  readonly operation: OperationName;
  /** A key in any of its four forms; needed for operations on keys. ReEncrypt is asked for from it and to it. */
  readonly keyId?: string | undefined;
  /** The grant that RetireGrant is about. */
  readonly grantId?: string | undefined;
  /** `alias/orders`; needed for operations on aliases. */
  readonly aliasName?: string | undefined;
  /** The members of the request that policies and grants look at: an encryption context as a Map, tags, grant tokens. */
  readonly input?: Readonly<Record<string, unknown>> | undefined;
}

/** One decision for each permission the operation always needs. Raises what finding the key raises. Changes nothing. */
export function explain(
  kms: Engine,
  { aliasName, caller, grantId, input = {}, keyId, operation }: Question,
): Decision[] {
  const named = { KeyId: keyId, SourceKeyId: keyId, DestinationKeyId: keyId, GrantId: grantId };
  const call = questionCall(kms, caller, operation, { ...named, ...input });
  try {
    if (call.row.grantTokens) enterGrantTokens(call);
    considerRecipient(call);
    const key = keyId === undefined ? undefined : resolveKey(call, keyId, 'any');
    const decisions: Decision[] = [];
    for (const { action, given, on } of call.row.permissions) {
      if (given !== undefined) continue;
      const subject = (call.row.decidedByGrant === true ? theGrant : asked[on])(call, key, aliasName);
      // An alias that is not there yet points at no key.
      if (subject === undefined && (on === 'aliasKey' || on === 'replicaKey')) continue;
      decisions.push(decide(call, action, on, subject));
    }
    return decisions;
  } finally {
    call.tear();
  }
}

type Asked = (call: Call, key: KeyRecord | undefined, aliasName: string | undefined) => Subject | undefined;

// Without a key its policy would not be asked, and the answer would mean nothing.
const theKey: Asked = (_call, key) =>
  key === undefined ? refuse([missing('keyId', false)]) : { resource: key.arn, key };

const theGrant: Asked = (call, key) => {
  const { GrantId } = call.input as { GrantId?: string };
  if (GrantId === undefined) return refuse([missing('grantId', false)]);
  const grant = findGrant(call, GrantId);
  if (grant === undefined || grant.key !== key?.arn) return noSuchGrant(GrantId);
  return { resource: key.arn, key, grant };
};

const theAlias = (call: Call, name: string | undefined): string => {
  if (name === undefined) return refuse([missing('aliasName', false)]);
  const check = call.operation === 'CreateAlias' ? checkNewAliasName : checkAliasName;
  check(name);
  return `${call.site.prefix}${name}`;
};

const asked: Readonly<Record<PermissionResource, Asked>> = {
  none: () => undefined,
  replicaRegion: () => undefined,
  key: theKey,
  replicaKey: ({ input, kms }, key) => {
    const region = String((input as { readonly PrimaryRegion?: unknown }).PrimaryRegion);
    const replica = key && relativeIn(kms.state, key, region);
    return replica && { resource: replica.arn, key: replica };
  },
  destinationKey: theKey,
  alias: (call, _key, name) => ({ resource: theAlias(call, name) }),
  aliasKey: (call, _key, name) => {
    const alias = call.page.get('aliases', theAlias(call, name));
    const key = alias && call.key(alias.target);
    return key && { resource: key.arn, key };
  },
};
