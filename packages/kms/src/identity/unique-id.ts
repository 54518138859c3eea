// The unique ids of principals, which policies know as aws:userid and STS as UserId.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids

import type { Principal } from '@kmsim/authz';
import type { World } from '@kmsim/world';

const prefixes = { user: 'AIDA', role: 'AROA' } as const;

/** Undefined for services. A role that calls without a session has its id alone, with the colon that stands before the session's name. */
export function uniqueId(world: World, principal: Principal): string | undefined {
  const { account, arn, kind } = principal;
  switch (kind) {
    case 'root':
      return account;
    case 'user':
      return idOf(world, kind, arn);
    case 'role':
      return `${idOf(world, kind, roleName(principal))}:`;
    case 'session':
      return `${idOf(world, 'role', roleName(principal))}:${arn.slice(arn.lastIndexOf('/') + 1)}`;
    case 'service':
      return undefined;
  }
}

// The same for a role and for its sessions, whose ARN leaves the role's path out.
function roleName({ account, arn, kind, partition }: Principal): string {
  const name = kind === 'session' ? arn.split('/')[1] : arn.slice(arn.lastIndexOf('/') + 1);
  return `${partition}:${account}:${name}`;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// Four letters that say what it is, and seventeen characters, as the real ones have.
function idOf(world: World, kind: 'user' | 'role', name: string): string {
  let number = BigInt(`0x${world.uuid(`identity ${kind} ${name}`, 0).replaceAll('-', '')}`);
  let text = '';
  for (let at = 0; at < 17; at++) {
    text += digits[Number(number & 31n)];
    number >>= 5n;
  }
  return prefixes[kind] + text;
}
