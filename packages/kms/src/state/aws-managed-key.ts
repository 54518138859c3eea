// AWS managed keys: `alias/aws/<service>` and its key appear on first use.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk

import type { Call } from '../operation.ts';
import { awsManagedKeyOfAlias, awsManagedKeyPolicy } from '../tables/aws-managed-keys.ts';
import { partitionOf } from './names.ts';
import { makeKey } from './new-key.ts';
import type { KeyRecord } from './records.ts';
import { dayMs } from './rotation.ts';

// Every year since May 2022; the first time a year after creation.
const periodDays = 365;

/** The key behind an AWS alias, made now if the service has none yet; undefined when no service has that alias. */
export function awsManagedKey(call: Call, aliasName: string): KeyRecord | undefined {
  const row = awsManagedKeyOfAlias(aliasName);
  if (row === undefined) return undefined;
  const { account, region, prefix } = call.site;
  // A service principal belongs to no account that could have one.
  if (account === '') return undefined;
  const key = makeKey(call, {
    manager: 'AWS',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    description: row.description,
    multiRegion: false,
    policy: awsManagedKeyPolicy(row.service, account, region, partitionOf(region)),
    tags: [],
    rotation: { periodDays, next: call.now + periodDays * dayMs },
  });
  const arn = `${prefix}${aliasName}`;
  call.page.set('aliases', arn, {
    arn,
    name: aliasName,
    account,
    region,
    target: key.arn,
    createdAt: call.now,
    updatedAt: call.now,
  });
  return key;
}
