// `resources`: the keys and aliases of an event, by their ARNs.

import type { KeyRecord } from '../state/records.ts';
import type { MadeKey, NotedCall } from './noted-call.ts';
import type { TrailResource } from './record.ts';
import type { TrailResourceName } from './trail-row.ts';

// Also an alias: https://docs.aws.amazon.com/kms/latest/developerguide/ct-createalias.html
const type = 'AWS::KMS::Key';

export function keyResource({ account, arn }: Pick<KeyRecord, 'account' | 'arn'>): TrailResource {
  return { accountId: account, type, ARN: arn };
}

/** What is known of the things that the row names; undefined where nothing is. */
export function resourcesOf(
  call: NotedCall,
  names: readonly TrailResourceName[],
): readonly TrailResource[] | undefined {
  const found = names.flatMap((name) => resourceOf[name](call));
  // A key that the call has made.
  if (found.length === 0 && isMade(call.taken)) return [keyResource(call.taken.key)];
  return found.length === 0 && names.length > 0 ? undefined : found;
}

const resourceOf: Readonly<Record<TrailResourceName, (call: NotedCall) => readonly TrailResource[]>> = {
  key: ({ key }) => (key === undefined ? [] : [keyResource(key)]),
  destinationKey: ({ destinationKey }) => (destinationKey === undefined ? [] : [keyResource(destinationKey)]),
  alias: ({ alias }) => (alias === undefined ? [] : [keyResource({ arn: alias, account: alias.split(':')[4] ?? '' })]),
};

function isMade(taken: unknown): taken is MadeKey {
  return typeof taken === 'object' && taken !== null && 'key' in taken;
}
