// KeyMetadata, as CreateKey and DescribeKey give it (recorded: create-single-region-key, create-multi-region-key, create-hmac-key).

import type { Call } from './call.ts';
import { type Leaf, leaf, type Pattern } from './expectation.ts';
import { finishRotation, type Key, type Material, materialsNow, stateOf } from './state.ts';

/** Key spec -> usage -> the algorithms it shows. The specs that are not here differ in names only. */
export const specs: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>> = {
  SYMMETRIC_DEFAULT: { ENCRYPT_DECRYPT: { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] } },
  HMAC_256: { GENERATE_VERIFY_MAC: { MacAlgorithms: ['HMAC_SHA_256'] } },
  ECC_NIST_P256: {
    SIGN_VERIFY: { SigningAlgorithms: ['ECDSA_SHA_256'] },
    KEY_AGREEMENT: { KeyAgreementAlgorithms: ['ECDH'] },
  },
};

export function metadataOf(
  call: Call,
  key: Key,
  made: { readonly KeyId: Pattern; readonly Arn: Pattern } | undefined,
): Pattern {
  const state = stateOf(key);
  return {
    ...specs[key.spec]?.[key.usage],
    AWSAccountId: key.account,
    KeyId: made?.KeyId ?? key.id,
    Arn: made?.Arn ?? key.arn,
    CreationDate: call.instant(key.created),
    CurrentKeyMaterialId: materialNow(call, key),
    CustomerMasterKeySpec: key.spec,
    DeletionDate: key.deletesAt === undefined ? undefined : call.instant(key.deletesAt),
    Description: key.description,
    Enabled: state === 'Enabled',
    KeyManager: 'CUSTOMER',
    KeySpec: key.spec,
    KeyState: state,
    KeyUsage: key.usage,
    MultiRegion: key.multiRegion,
    MultiRegionConfiguration: key.multiRegion
      ? {
          MultiRegionKeyType: 'PRIMARY',
          PrimaryKey: { Arn: made?.Arn ?? key.arn, Region: key.region },
          ReplicaKeys: [],
        }
      : undefined,
    Origin: key.origin,
  };
}

/** Which materials an id may be of: one mostly, several where a rotation was not seen done. */
type Learn = (materials: readonly Material[]) => void;

/** The id of the material in use; seeing the new one shows that the rotation is done. */
export function materialNow(call: Call, key: Key, learn?: Learn): Leaf | undefined {
  const inUse = materialsNow(key);
  return inUse.length === 0 ? undefined : materialId(call, key, inUse, learn);
}

/** The id of one of these materials. */
export function materialId(call: Call, key: Key, materials: readonly Material[], learn?: Learn): Leaf {
  const { minted } = call.state;
  const owners = (id: string): readonly Material[] => {
    const owner = materials.find((one) => one.id === id);
    if (owner !== undefined) return [owner];
    return minted.has(id) && !key.looseIds.has(id) ? [] : materials.filter((one) => one.id === undefined);
  };
  const [only] = materials;
  const form = materials.length === 1 && only?.id !== undefined ? only.id : { $any: 'keyMaterialId' };
  const fits = (id: string): boolean => /^[0-9a-f]{64}$/.test(String(id)) && owners(id).length > 0;
  return leaf<string>(form, fits, (id) => {
    const found = owners(id);
    const [owner] = found;
    minted.add(id);
    learn?.(found);
    if (found.length > 1 || owner === undefined) {
      key.looseIds.add(id);
      return;
    }
    owner.id = id;
    key.looseIds.delete(id);
    if (owner === key.rotating) finishRotation(key, call.now);
  });
}
