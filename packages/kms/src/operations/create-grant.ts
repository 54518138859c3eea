// CreateGrant: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html

import { enterKey } from '../enter.ts';
import type { Call, Operation } from '../operation.ts';
import { requireQuota } from '../quotas/require-quota.ts';
import {
  checkGrantFits,
  checkGrantPrincipal,
  checkGrantRequest,
  constraintsOf,
  termsOf,
} from '../state/grant-request.ts';
import { hexOf, tokenRandomLength } from '../state/grant-tokens.ts';
import type { GrantDraft } from '../state/grants.ts';
import type { GrantRecord, KeyRecord } from '../state/records.ts';
import { grantSpreadMs } from '../state/spreading.ts';

const idLength = 32;

export const createGrant: Operation<'CreateGrant', KeyRecord> = {
  enter: (call) => {
    checkGrantRequest(call.input);
    const key = enterKey(call);
    call.subjects.key = { resource: key.arn, key, childGrant: termsOf(call.input) };
    return key;
  },
  requireType: ({ input }, key) => {
    checkGrantFits(input, key);
    checkGrantPrincipal(input.GranteePrincipal, key);
    checkGrantPrincipal(input.RetiringPrincipal, key);
  },
  run: (call, key) => {
    const draft = draftOf(call, key);
    const { grantTokens, state } = call.kms;
    const known = state.grants.sameAs(draft);
    if (known === undefined) requireGrantQuota(call, key);
    call.stopIfDryRun();
    const id = known?.id ?? makeGrant(call, key, draft).id;
    // A new token each time; all of a grant's are as good.
    return { GrantToken: grantTokens.write(id, call.random.draw(tokenRandomLength)), GrantId: id };
  },
};

function draftOf({ input }: Call<'CreateGrant'>, { arn, region }: KeyRecord): GrantDraft {
  const retiring = input.RetiringPrincipal ?? input.RetiringServicePrincipal;
  const constraints = constraintsOf(input);
  return {
    key: arn,
    region,
    ...(input.Name !== undefined && { name: input.Name }),
    grantee: input.GranteePrincipal ?? input.GranteeServicePrincipal ?? '',
    ...(retiring !== undefined && { retiring }),
    operations: [...new Set(input.Operations)],
    ...(constraints && { constraints }),
  };
}

function makeGrant(call: Call, key: KeyRecord, draft: GrantDraft): GrantRecord {
  const spreadMs = grantSpreadMs(call);
  const { account, partition } = call.caller.principal;
  const grant: GrantRecord = {
    id: hexOf(call.random.draw(idLength)),
    ordinal: call.request,
    createdAt: call.now,
    ...draft,
    // A service belongs to no account: its grants are the key owner's.
    issuingAccount: `arn:${partition}:iam::${account || key.account}:root`,
    ...(spreadMs > 0 && { activeAt: call.now + spreadMs }),
  };
  call.page.set('grants', grant.id, grant);
  return grant;
}

function requireGrantQuota(call: Call, key: KeyRecord): void {
  if (key.manager === 'CUSTOMER') requireQuota(call, 'grantsPerKey', call.kms.state.grants.listOn(key.arn).size, key);
}
