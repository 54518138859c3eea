// The words of AccessDeniedException.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import type { Decision, PolicyType, Reason } from '@kmsim/authz';
import { accessDenied, type KmsError, kmsError } from './api/errors.ts';
import { isForeign } from './foreign-key.ts';
import type { Call, Caller, Subject } from './operation.ts';

// How the words hide whether another account's key is there.
const elsewhere =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

// https://docs.aws.amazon.com/singlesignon/latest/userguide/cmk-related-errors.html
const ofCiphertext = 'on the resource associated with this ciphertext';

/** For another account's key where no permission on a key is asked for. */
export function foreignKeyRefusal(call: Call): KmsError {
  const { caller, operation } = call;
  return kmsError('AccessDeniedException', `${who(caller, `kms:${operation}`)} on this resource ${elsewhere}`);
}

/** The error for a decision that is no Allow. It carries the decision; `told` is the one that its words are about. */
export function refusal(
  call: Call,
  action: string,
  subject: Subject | undefined,
  decision: Decision,
  told: Decision,
): KmsError {
  const foreign = subject !== undefined && isForeign(call, subject);
  const because = foreign && layerOf(told).on === 'resource' ? elsewhere : reasonOf(action, told);
  // Another account's key has a name for those whom its policy lets in.
  const where = foreign && !decision.delegated ? 'on this resource' : `on resource: ${subject?.resource ?? '*'}`;
  return accessDenied(`${who(call.caller, action)} ${subject?.hidden ? ofCiphertext : where} ${because}`, decision);
}

function who({ principal }: Caller, action: string): string {
  return `User: ${principal.arn} is not authorized to perform: ${action}`;
}

interface Layer {
  readonly deny: string;
  readonly silence: string;
  /** Whose side it is on: what stands on another account's key is not told. */
  readonly on: 'caller' | 'resource';
}

const onResource: Layer = { deny: 'a resource-based policy', silence: 'resource-based policy', on: 'resource' };

// The wordings of the page above. Its policy ARNs are left out: policies have names here.
const layers: Readonly<Record<PolicyType, Layer>> = {
  'key policy': onResource,
  'identity policy': { deny: 'an identity-based policy', silence: 'identity-based policy', on: 'caller' },
  'permissions boundary': { deny: 'a permissions boundary', silence: 'permissions boundary', on: 'caller' },
  'session policy': { deny: 'a session policy', silence: 'session policy', on: 'caller' },
  'service control policy': { deny: 'a service control policy', silence: 'service control policy', on: 'caller' },
  'resource control policy': { deny: 'a resource control policy', silence: 'resource control policy', on: 'resource' },
  'VPC endpoint policy': { deny: 'a VPC endpoint policy', silence: 'VPC endpoint policy', on: 'caller' },
};

const silent: Readonly<Partial<Record<Reason, PolicyType>>> = {
  'no key policy statement allows it': 'key policy',
  'no identity policy statement allows it': 'identity policy',
  'no permissions boundary allows it': 'permissions boundary',
  'no session policy allows it': 'session policy',
  'no service control policy allows it': 'service control policy',
  'no VPC endpoint policy allows it': 'VPC endpoint policy',
};

/** The kind of policy that denied: it says so, or it does not say what it should. Undefined where no policy could have helped. */
export function deciderOf({ decidedBy, reason }: Decision): PolicyType | undefined {
  const type = decidedBy === undefined ? silent[reason] : decidedBy.policyType;
  return type === 'grant' ? undefined : type;
}

function layerOf(decision: Decision): Layer {
  const type = deciderOf(decision);
  return type === undefined ? onResource : layers[type];
}

/** ` with an explicit deny in ...`; nothing for silence, of which STS says nothing, nor for what stands on another account's side. */
export function denialOf(decision: Decision, foreign: boolean): string {
  const { deny, on } = layerOf(decision);
  const told = decision.outcome === 'ExplicitDeny' && !(foreign && on === 'resource');
  return told ? ` with an explicit deny in ${deny}` : '';
}

function reasonOf(action: string, decision: Decision): string {
  const { deny, silence } = layerOf(decision);
  return decision.outcome === 'ExplicitDeny'
    ? `with an explicit deny in ${deny}`
    : `because no ${silence} allows the ${action} action`;
}
