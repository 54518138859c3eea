// Grants by their id: how calls find one, and how it ends.

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import type { GrantRecord } from './records.ts';
import { grantSpreadMs } from './spreading.ts';

/** InvalidGrantIdException, or nothing. https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
export function checkGrantId(id: string): void {
  if (!/^[0-9a-f]{64}$/.test(id)) fail('InvalidGrantIdException', `Invalid grant id ${id}`);
}

/** One that was given up is not found, although it may work for a while. */
export function findGrant(call: Call, id: string): GrantRecord | undefined {
  const grant = call.page.get('grants', id);
  return grant?.endsAt === undefined ? grant : undefined;
}

// https://github.com/getmoto/moto/issues/5411 has the code, not the words.
export function noSuchGrant(id: string): never {
  return fail('NotFoundException', `Grant '${id}' does not exist`);
}

/** Retired and revoked come to the same: https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html */
export function endGrant(call: Call, grant: GrantRecord): void {
  const spreadMs = grantSpreadMs(call);
  const ending = spreadMs > 0 ? { ...grant, endsAt: call.now + spreadMs } : undefined;
  call.page.set('grants', grant.id, ending);
}
