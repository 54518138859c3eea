// A key that is not there, or not in the caller's account to ask for. Nobody may tell it from one that may not be used, so it stands in for one:
// it walks the corridor until it is asked for a permission, and its policy gives none.

import { arnPrefix, type KmsArn, partitionOf } from './names.ts';
import type { KeyRecord } from './records.ts';

// A statement without Action is accepted and has no effect.
const nobody = '{"Statement":{"Effect":"Allow","Principal":"*"}}';

/** `arn`: as it was named, a key ARN or an alias ARN. */
export function absentKey(
  arn: string,
  { account, name, region }: Pick<KmsArn, 'account' | 'name' | 'region'>,
): KeyRecord {
  return {
    arn,
    id: name,
    account,
    region,
    ordinal: 0,
    createdAt: 0,
    manager: 'CUSTOMER',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    description: '',
    enabled: false,
    replicas: undefined,
    policy: nobody,
    tags: [],
    materials: [],
    currentMaterial: undefined,
    pendingMaterial: undefined,
    rotation: undefined,
    rotating: undefined,
    onDemandRotations: 0,
    deletion: undefined,
  };
}

/** In place of another account's key, where nothing that it is and has may count. */
export function blankKey({ account, region }: KeyRecord): KeyRecord {
  return absentKey('', { account, name: '', region });
}

/** The key of a ciphertext when it is not here. */
export function unknownKey(region: string): KeyRecord {
  const parts = { partition: partitionOf(region), region, account: 'unknown', kind: 'key', name: 'unknown' } as const;
  return absentKey(`${arnPrefix(parts.account, region)}key/${parts.name}`, parts);
}
