// RetireGrant: https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html

import { fail } from '../api/errors.ts';
import { noSuchToken } from '../enter.ts';
import type { Call, Operation } from '../operation.ts';
import { permit } from '../permit.ts';
import { blankKey } from '../state/absent-key.ts';
import { checkGrantId, endGrant, findGrant, noSuchGrant } from '../state/find-grant.ts';
import type { GrantRecord } from '../state/records.ts';
import { resolveKey } from '../state/resolve.ts';

export const retireGrant: Operation<'RetireGrant', GrantRecord> = {
  enter: (call) => {
    const grant = namedGrant(call);
    const key = call.key(grant.key);
    // The grant decides who may retire it.
    if (key !== undefined) call.subjects.key = { resource: key.arn, key, grant };
    return grant;
  },
  run: (call, grant) => {
    call.stopIfDryRun();
    endGrant(call, grant);
    return {};
  },
};

function namedGrant(call: Call<'RetireGrant'>): GrantRecord {
  const { GrantId, GrantToken, KeyId } = call.input;
  if (GrantToken !== undefined && GrantId === undefined && KeyId === undefined) return grantOfToken(call, GrantToken);
  if (GrantToken !== undefined || GrantId === undefined || KeyId === undefined)
    return fail('ValidationException', 'Specify either GrantToken, or both KeyId and GrantId.');
  checkGrantId(GrantId);
  const key = resolveKey(call, KeyId, 'key');
  const grant = findGrant(call, GrantId);
  if (grant?.key === key.arn) return grant;
  // Whether another account's key or grant is there is not told: neither gives a permission.
  if (key.account !== call.site.account) {
    call.subjects.key = { resource: key.arn, key: blankKey(key) };
    permit(call);
  }
  return noSuchGrant(GrantId);
}

function grantOfToken(call: Call, token: string): GrantRecord {
  const id = call.kms.grantTokens.read(token) ?? noSuchToken();
  const grant = findGrant(call, id);
  return grant?.region === call.caller.region ? grant : noSuchGrant(id);
}
