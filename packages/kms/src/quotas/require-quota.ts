// Resource quotas in a room: whether there may be one more of a thing.

import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { quotaMessage, type ResourceQuotaName, resourceQuotas } from '../tables/resource-quotas.ts';

/**
 * Raises the quota's error where there would be too many with one more than `count`. A quota that an account can have raised is enforced
 * only where quotas are, and otherwise noted. `where`: whose it is, and where; the caller's account and Region when absent.
 */
export function requireQuota(
  call: Call,
  name: ResourceQuotaName,
  count: number,
  where: Pick<KeyRecord, 'account' | 'region'> & { readonly arn?: string } = call.site,
): void {
  const { throttler } = call.kms;
  const row = resourceQuotas[name];
  const { account, arn, region } = where;
  if (row.adjustable && !throttler.isOn) return;
  const limit = row.adjustable ? throttler.limitOf(row, where) : row.limit;
  if (row.adjustable) {
    const of = arn === undefined ? {} : { of: arn };
    // One that comes again, because it had to wait, has been noted.
    if (call.isFirstTime(row.name))
      throttler.noteThing({ quota: row.name, account, region, limit, count: count + 1, ...of });
    if (throttler.mode !== 'enforce') return;
  }
  if (count >= limit) fail(row.code, quotaMessage(name, arn ?? ''));
}
