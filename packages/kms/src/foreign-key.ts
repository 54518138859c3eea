// How another account's key looks to those whom its policy does not let in.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html

import type { Decision } from '@kmsim/authz';
import type { Call, Subject } from './operation.ts';
import { blankKey, unknownKey } from './state/absent-key.ts';
import { parseArn } from './state/names.ts';
import type { PermissionResource } from './tables/operations.ts';

/**
 * What the words of a refusal are about. Another account's key whose policy does not let the caller's account in is its name and
 * nothing else, be it there or not: what the caller's own policies say of its tags or its ARN would tell what it is.
 */
export function asSeen(
  call: Call,
  on: PermissionResource,
  subject: Subject | undefined,
  { delegated }: Decision,
): Subject | undefined {
  if (subject?.key === undefined || delegated || !isForeign(call, subject)) return subject;
  if (subject.hidden) {
    const key = unknownKey(call.caller.region);
    return { resource: key.arn, key, hidden: true };
  }
  const [first = '', second = ''] = call.row.keyMembers;
  const name = (call.input as Readonly<Record<string, unknown>>)[on === 'destinationKey' ? second : first];
  const isArn = typeof name === 'string' && parseArn(name) !== undefined;
  return { resource: isArn ? name : subject.key.arn, key: blankKey(subject.key) };
}

export function isForeign({ caller }: Call, { key }: Subject): boolean {
  return key !== undefined && key.account !== caller.principal.account;
}
