// May the caller assume the role? The trust policy stands on the role as a key policy stands on a key, and the same procedure decides.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html

import { authorize, type Context, contextOf, type Decision } from '@kmsim/authz';
import { callerAnswers, principalTag } from '../caller-context.ts';
import type { Engine } from '../engine.ts';
import type { Caller } from '../operation.ts';
import type { IdentityRecord } from '../state/records.ts';
import type { AssumeRoleInput } from './assume-role-input.ts';
import { layersOf } from './layers.ts';
import { parseTrust } from './trust.ts';

interface Question {
  readonly caller: Caller;
  readonly input: AssumeRoleInput;
}

export interface RoleRequest extends Question {
  readonly role: IdentityRecord;
  readonly account: string;
  /** The text of the trust policy. */
  readonly trust: string;
}

export function trustDecision(kms: Engine, action: string, request: RoleRequest): Decision {
  const { account, caller, role, trust } = request;
  const parsed = parseTrust(trust);
  if (!parsed.ok) throw new Error(`a stored trust policy does not parse: ${parsed.problem}`);
  return authorize({
    ...layersOf(kms, caller, account),
    principal: caller.principal,
    action,
    resource: role.arn,
    keyPolicy: parsed.policy,
    keyAccount: account,
    crossAccount: true,
    context: contextFor(kms, request),
    now: kms.world.clock.now(),
  });
}

/** What the caller's own side says, which is the same whether there is such a role or not. */
export function callerDecision(kms: Engine, action: string, { caller, input }: Question): Decision {
  return authorize({
    ...layersOf(kms, caller),
    principal: caller.principal,
    action,
    resource: input.RoleArn,
    context: contextFor(kms, { caller, input }),
    now: kms.world.clock.now(),
  });
}

function contextFor(kms: Engine, { caller, input, role }: Partial<RoleRequest> & Question): Context {
  const { ExternalId, RoleSessionName, SourceIdentity, Tags = [] } = input;
  const asked = { kms, caller, operation: 'AssumeRole' };
  const own = contextOf([
    ['aws:RequestedRegion', caller.region],
    ['aws:SecureTransport', 'true'],
    ['aws:TagKeys', Tags.map(({ Key }) => Key)],
    ['sts:RoleSessionName', RoleSessionName],
    ...(ExternalId === undefined ? [] : [['sts:ExternalId', ExternalId] as const]),
    ...(SourceIdentity === undefined ? [] : [['sts:SourceIdentity', SourceIdentity] as const]),
    ...Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value] as const),
    ...(role?.tags ?? []).map(([key, value]) => [`aws:ResourceTag/${key}`, value] as const),
  ]);
  return (name) => {
    if (name.startsWith('aws:principaltag/')) return principalTag(asked, name.slice('aws:principaltag/'.length));
    const ofCaller = Object.hasOwn(callerAnswers, name) ? callerAnswers[name] : undefined;
    return own(name) ?? ofCaller?.(asked, undefined);
  };
}
