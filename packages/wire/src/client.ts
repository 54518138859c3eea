// What a door knows of the program that calls: for the trail, and for no decision.

import type { Client } from '@kmsim/kms';
import { claimedScope } from './authorization-header.ts';

/** `header` finds one by its name in lower case. */
export function clientOf(header: (name: string) => string | undefined, address?: string): Client {
  return { userAgent: header('user-agent'), host: header('host'), ...(address !== undefined && { address }) };
}

/** The access key that a request claims to be signed with. */
export function claimedAccessKey(authorization: string | undefined): Pick<Client, 'accessKeyId'> {
  const accessKeyId = claimedScope(authorization)?.accessKeyId;
  // Without signatures anybody may write anything there.
  return accessKeyId !== undefined && /^\w{1,128}$/.test(accessKeyId) ? { accessKeyId } : {};
}
