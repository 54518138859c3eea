// Authorization: every permission a call needs, one decision each; and the same decisions without the call.

import { authorize, type Decision } from '@kmsim/authz';
import { StreamCursor } from '@kmsim/world';
import { refusal } from './access-denied.ts';
import type { OperationName } from './api/shapes.ts';
import { missing, refuse } from './api/violations.ts';
import type { Engine } from './engine.ts';
import { Call, type Caller, type Subject, Visit } from './operation.ts';
import type { KeyRecord } from './state/records.ts';
import { resolveKey } from './state/resolve.ts';

/** AccessDeniedException for the first permission that is missing. */
export function permit(call: Call): void {
  for (const { action, given, on } of call.row.permissions) {
    if (given !== undefined && (call.input as { Tags?: unknown })[given] === undefined) continue;
    const subject = call.subjects[on];
    // An alias whose key is gone leaves nobody to ask.
    if (subject === undefined && on === 'aliasKey') continue;
    const decision = decide(call, action, subject);
    if (decision.outcome !== 'Allow') throw refusal(call, action, subject, decision);
  }
}

/** The decision on one permission of a call. */
function decide(call: Call, action: string, subject: Subject | undefined): Decision {
  const { caller, kms } = call;
  const { principal } = caller;
  const identityPolicies = kms.identities.policiesOf(principal);
  const resource = subject?.resource ?? '*';
  const key = subject?.key;
  if (key === undefined) return authorize({ principal, action, resource, identityPolicies });
  return authorize({
    principal,
    action,
    resource,
    identityPolicies,
    keyPolicy: kms.policies.compiled(key.policy),
    keyAccount: key.account,
    crossAccount: call.row.crossAccount,
  });
}

export interface Question {
  readonly caller: Caller;
  readonly operation: OperationName;
  /** A key in any of its four forms; needed for operations on keys. */
  readonly keyId?: string | undefined;
}

/** One decision for each permission the operation always needs. Raises what finding the key raises. Changes nothing. */
export function explain(kms: Engine, { caller, keyId, operation }: Question): Decision[] {
  const call = new Call(kms, new Visit(operation, {}, 'direct', caller), kms.world.clock.now(), {}, nothing.take());
  const permissions = call.row.permissions.filter(
    ({ given, on }) => given === undefined && on !== 'aliasKey' && on !== 'replicaKey',
  );
  try {
    const key = keyId === undefined ? undefined : resolveKey(call, keyId, 'any');
    return permissions.map(({ action, on }) =>
      decide(call, action, on === 'none' || on === 'alias' || on === 'replicaRegion' ? undefined : subjectOf(key)),
    );
  } finally {
    call.page.tear();
  }
}

// An AWS managed key that a question names for the first time is made, asked about and torn up again: of zeros, so that the
// question takes no turn in a random stream.
const nothing = new StreamCursor(() => {}, 0);

// Without a key its policy would not be asked, and the answer would mean nothing.
function subjectOf(key: KeyRecord | undefined): Subject {
  return key === undefined ? refuse([missing('keyId', false)]) : { resource: key.arn, key };
}
