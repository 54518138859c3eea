// The names that keys have.

import type { KeyRecord, Kms } from '@kmsim/kms';

export function aliasesOf({ state }: Kms, { account, arn, region }: KeyRecord): readonly string[] {
  return state
    .site(account, region)
    .aliases(arn)
    .flatMap((alias) => state.get('aliases', alias)?.name ?? []);
}

/** The first of them; of a key that is gone, or was never there, none. */
export function aliasOf(kms: Kms, arn: string | undefined): string | undefined {
  const key = arn === undefined ? undefined : kms.state.get('keys', arn);
  return key && aliasesOf(kms, key)[0];
}
