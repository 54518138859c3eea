// Why somebody may not assume a role, and how much of that is told.

import { type Decision, parsePrincipal } from '@kmsim/authz';
import { denialOf } from '../access-denied.ts';
import type { Engine } from '../engine.ts';
import type { Caller } from '../operation.ts';
import type { IdentityRecord } from '../state/records.ts';
import type { AssumeRoleInput } from './assume-role-input.ts';
import { callerDecision, trustDecision } from './role-trust.ts';
import { defaultTrust } from './trust.ts';

/** The permission that is missing, and what the answer says after it. */
export interface RoleRefusal {
  readonly action: string;
  readonly because: string;
}

const tagging = 'sts:TagSession';
const naming = 'sts:SetSourceIdentity';

/** Undefined: the role may be assumed. Without `role`, why one may not be assumed that is not there. */
export function roleRefusal(
  kms: Engine,
  caller: Caller,
  input: AssumeRoleInput,
  role: IdentityRecord | undefined,
): RoleRefusal | undefined {
  const account = role && parsePrincipal(role.arn)?.account;
  if (role === undefined || account === undefined) return told('sts:AssumeRole');
  const trust = role.trust ?? defaultTrust(account, caller.principal.partition);
  for (const action of actionsOf(caller, input)) {
    const decision = trustDecision(kms, action, { caller, input, role, account, trust });
    if (decision.outcome !== 'Allow') return told(action, decision);
  }
  return isAnotherIdentity(caller, input) ? { action: naming, because: '' } : undefined;

  // Of another account's role nothing is told, not even that it is there: only what the caller's own side says.
  function told(action: string, decision?: Decision): RoleRefusal {
    const isOurs = account === caller.principal.account;
    const shown = decision !== undefined && isOurs ? decision : callerDecision(kms, action, { caller, input });
    return { action, because: denialOf(shown, !isOurs) };
  }
}

function actionsOf({ session }: Caller, { SourceIdentity, Tags = [] }: AssumeRoleInput): readonly string[] {
  return [
    'sts:AssumeRole',
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
    ...(Tags.length > 0 ? [tagging] : []),
    // Also where the identity comes along from the session before: role chaining needs it of every role.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
    ...((SourceIdentity ?? session?.sourceIdentity) === undefined ? [] : [naming]),
  ];
}

/** "The value that is set cannot be changed during the role session." (the page above) */
function isAnotherIdentity({ session }: Caller, { SourceIdentity: asked }: AssumeRoleInput): boolean {
  return session?.sourceIdentity !== undefined && asked !== undefined && asked !== session.sourceIdentity;
}
