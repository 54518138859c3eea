// ListGrants: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html

import { fail } from '../api/errors.ts';
import type { GrantListEntry } from '../api/types.ts';
import { enterKey } from '../enter.ts';
import type { Call, Operation } from '../operation.ts';
import { checkGrantId } from '../state/find-grant.ts';
import { grantEntry } from '../state/grant-entry.ts';
import { beforeAll, type GrantRoll } from '../state/grants.ts';
import { type Page, paginate } from '../state/markers.ts';
import type { GrantRecord, KeyRecord } from '../state/records.ts';

export const listGrants: Operation<'ListGrants', KeyRecord> = {
  enter: (call) => {
    const { GranteePrincipal, GranteeServicePrincipal, GrantId } = call.input;
    if (GranteePrincipal !== undefined && GranteeServicePrincipal !== undefined)
      fail('ValidationException', 'Specify either GranteePrincipal or GranteeServicePrincipal, not both.');
    requireService(call, 'GranteeServicePrincipal', GranteeServicePrincipal);
    if (GrantId !== undefined) checkGrantId(GrantId);
    return enterKey(call);
  },
  run: (call, key) => {
    const { GranteePrincipal, GranteeServicePrincipal, GrantId } = call.input;
    const grantee = GranteePrincipal ?? GranteeServicePrincipal;
    const { items, ...page } = pageOf(
      call,
      `ListGrants ${JSON.stringify([key.arn, GrantId, grantee])}`,
      call.kms.state.grants.listOn(key.arn),
      ({ id, grantee: has }) => (GrantId ?? id) === id && (grantee ?? has) === has,
    );
    return { Grants: items, ...page };
  },
};

/** One page of a list of grants, the oldest first. */
export function pageOf(
  call: Call<'ListGrants'> | Call<'ListRetirableGrants'>,
  scope: string,
  grants: GrantRoll,
  fits?: (grant: GrantRecord) => boolean,
): Page<GrantListEntry> {
  const { Limit = 50, Marker } = call.input;
  const { items, ...page } = paginate(
    call.kms.markers,
    scope,
    { Marker, limit: Math.min(Limit, 100) },
    (after, count) => grants.after(Number(after ?? beforeAll), count, fits),
    ({ ordinal }) => String(ordinal),
  );
  return { items: items.map(grantEntry), ...page };
}

/** "This parameter is used only by AWS services"; the answer to others is not recorded. */
export function requireService({ caller }: Call, member: string, given: string | undefined): void {
  if (given !== undefined && caller.principal.kind !== 'service')
    fail('ValidationException', `${member} can only be used by AWS services.`);
}
