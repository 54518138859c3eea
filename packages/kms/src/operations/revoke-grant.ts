// RevokeGrant: https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html

import { enterKey } from '../enter.ts';
import type { Operation } from '../operation.ts';
import { checkGrantId, endGrant, findGrant, noSuchGrant } from '../state/find-grant.ts';
import type { KeyRecord } from '../state/records.ts';

export const revokeGrant: Operation<'RevokeGrant', KeyRecord> = {
  enter: (call) => {
    checkGrantId(call.input.GrantId);
    return enterKey(call);
  },
  run: (call, key) => {
    const { GrantId } = call.input;
    const grant = findGrant(call, GrantId);
    if (grant === undefined || grant.key !== key.arn) return noSuchGrant(GrantId);
    call.stopIfDryRun();
    endGrant(call, grant);
    return {};
  },
};
