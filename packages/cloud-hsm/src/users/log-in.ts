// The rules of a login, in the order in which they are judged.

import { stages } from '../cluster-states.ts';
import type { ClusterCore } from '../core.ts';
import type { LoginFault } from '../faults.ts';
import type { Login } from './sessions.ts';
import type { Role } from './users.ts';

export interface Credentials {
  readonly role: Role;
  readonly user: string;
  readonly password: string;
  readonly client: string;
}

/**
 * KMS changes his password when it logs in, so nobody else may be in as him: USER_LOGGED_IN, whatever the password.
 * https://docs.aws.amazon.com/kms/latest/developerguide/fix-keystore.html#fix-keystore-failed
 */
const exclusiveUser = 'kmsuser';

export function logIn(core: ClusterCore, credentials: Credentials): Login | LoginFault {
  const { role, user, password, client } = credentials;
  const { fleet, lifecycle, network, sessions, users } = core;
  if (!network.isReachable) return 'UNREACHABLE';
  if (fleet.active.length === 0 || !stages[lifecycle.stage].takesLogins) return 'NO_HSM';
  const isExclusive = role === 'crypto-user' && user === exclusiveUser;
  if (isExclusive && sessions.isLoggedInElsewhere(role, user, client)) return 'USER_LOGGED_IN';
  return users.check(role, user, password) ?? sessions.open(role, user, client);
}
