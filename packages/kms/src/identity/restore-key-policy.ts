// What AWS Support does for a key that nobody can manage any more.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key

import { parsePolicy } from '@kmsim/authz';
import type { Engine } from '../engine.ts';
import { explain } from '../permit.ts';
import { partitionOf } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';
import { candidates } from './candidates.ts';

/** Undefined: done. */
export type RestoreFault =
  | { readonly why: 'invalid policy'; readonly problem: string }
  | { readonly why: 'managed by AWS' }
  /** `who` can still put a key policy. */
  | { readonly why: 'not locked out'; readonly who: string };

/** Gives the key `policy`, or the default one, unless somebody can still do so without help. */
export function restoreKeyPolicy(kms: Engine, key: KeyRecord, policy?: string): RestoreFault | undefined {
  if (key.manager === 'AWS') return { why: 'managed by AWS' };
  const text = policy ?? kms.policies.default(key.account, partitionOf(key.region));
  const parsed = parsePolicy(text, 'key policy');
  if (!parsed.ok) return { why: 'invalid policy', problem: parsed.problem };
  const who = whoCanPutKeyPolicy(kms, key);
  if (who !== undefined) return { why: 'not locked out', who };
  // The old one is of no use to anybody: Support is done when the new one decides.
  const { former: { policy: _, ...former } = {}, ...rest } = key;
  const others = Object.keys(former).length > 0 ? { former } : {};
  kms.state.set('keys', key.arn, { ...rest, policy: text, ...others });
  return undefined;
}

/** The first who may, calling as they are: without a session, an endpoint or an address that a condition may ask for. */
function whoCanPutKeyPolicy(kms: Engine, key: KeyRecord): string | undefined {
  const able = candidates(kms, key).find((principal) => {
    // The operation never crosses accounts, and a service has no account to call it from.
    if (principal.account !== key.account) return false;
    const caller = { principal, region: key.region };
    const decisions = explain(kms, { caller, operation: 'PutKeyPolicy', keyId: key.arn });
    return decisions.every(({ outcome }) => outcome === 'Allow');
  });
  return able?.arn;
}
