// Keys of elsewhere: imported material, other Regions, custom key stores.

import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { required } from '../key-specs/case.ts';
import { nth } from '../keys.ts';
import { given, type Measurements, newKey, newKeys, newPlace, type Place, pair } from './measured.ts';

type Imports = 'GetParametersForImport' | 'ImportKeyMaterial' | 'DeleteImportedKeyMaterial';
type Regions = 'ReplicateKey' | 'UpdatePrimaryRegion';
type Stores =
  | 'CreateCustomKeyStore'
  | 'DeleteCustomKeyStore'
  | 'ConnectCustomKeyStore'
  | 'DisconnectCustomKeyStore'
  | 'DescribeCustomKeyStores'
  | 'UpdateCustomKeyStore';

// Each has a wrapping key of its own, which takes its time.
const imported = 3;

export async function imports(): Promise<Measurements<Imports>> {
  const place = newPlace();
  const { kms } = place;
  const ids = await newKeys(place, 2 * imported, { Origin: 'EXTERNAL' });
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const requests = await Promise.all(
    ids.map(async (KeyId) => {
      const { ImportToken, PublicKey } = await kms.getParametersForImport({ KeyId, ...wrapping });
      const EncryptedKeyMaterial = Uint8Array.from(wrapped(required(PublicKey)));
      return { KeyId, ImportToken: required(ImportToken), EncryptedKeyMaterial };
    }),
  );
  const importing = pair(
    imported,
    (n) => kms.importKeyMaterial({ ...nth(requests, n), ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
    (n) => kms.deleteImportedKeyMaterial({ KeyId: nth(ids, n) }),
  );
  const asking = await newKey(place, { Origin: 'EXTERNAL' });
  return {
    GetParametersForImport: { run: () => kms.getParametersForImport({ KeyId: asking, ...wrapping }) },
    ImportKeyMaterial: importing.does,
    DeleteImportedKeyMaterial: importing.undoes,
  };
}

function wrapped(publicKey: Uint8Array): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key, padding, oaepHash: 'sha256' }, new Uint8Array(32).fill(7));
}

const replicas = 20;
const [here, there] = ['us-east-1', 'us-west-2'] as const;

export async function regions(): Promise<Measurements<Regions>> {
  const place = newPlace();
  const { kms, sim } = place;
  const inRegion = { [here]: kms, [there]: sim.as(undefined, { region: there }) };
  const moving = await newKeys(place, replicas, { MultiRegion: true });
  for (const KeyId of moving) await kms.replicateKey({ KeyId, ReplicaRegion: there });
  const primary = moving.map((): typeof here | typeof there => here);
  let fresh: readonly string[] = [];
  return {
    ReplicateKey: {
      most: replicas,
      before: async (times) => {
        fresh = await newKeys(place, times, { MultiRegion: true });
      },
      run: (n) => kms.replicateKey({ KeyId: nth(fresh, n), ReplicaRegion: there }),
    },
    UpdatePrimaryRegion: {
      most: replicas,
      // Until all know of the move before.
      before: () => {
        sim.clock.advance('1 minute');
      },
      run: (n) => {
        const from = nth(primary, n);
        const to = from === here ? there : here;
        primary[n] = to;
        return inRegion[from].updatePrimaryRegion({ KeyId: nth(moving, n), PrimaryRegion: to });
      },
    },
  };
}

// An account has ten at most: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
const stores = 2;

export async function keyStores(): Promise<Measurements<Stores>> {
  const place = newPlace();
  const { kms, sim } = place;
  const ids: string[] = [];
  const launched = Array.from({ length: 2 * stores }, () => clusterOf(place));
  const creating = pair(
    stores,
    async (n) => {
      ids[n] = (await launched[n]?.(`store-${n}`)) ?? '';
    },
    (n) => kms.deleteCustomKeyStore({ CustomKeyStoreId: nth(ids, n) }),
  );
  const kept: string[] = [];
  for (let n = 0; n < 2 * stores; n++) kept.push(await clusterOf(place)(`kept-${n}`));
  const connecting = pair(
    stores,
    (n) => kms.connectCustomKeyStore({ CustomKeyStoreId: nth(kept, n) }),
    (n) => kms.disconnectCustomKeyStore({ CustomKeyStoreId: nth(kept, n) }),
    () => {
      sim.clock.advance('1 hour');
    },
  );
  const renamed = await clusterOf(place)('name-0');
  return {
    CreateCustomKeyStore: creating.does,
    DeleteCustomKeyStore: creating.undoes,
    ConnectCustomKeyStore: connecting.does,
    DisconnectCustomKeyStore: connecting.undoes,
    DescribeCustomKeyStores: { run: () => kms.describeCustomKeyStores({ CustomKeyStoreId: renamed }) },
    UpdateCustomKeyStore: {
      run: (n) => kms.updateCustomKeyStore({ CustomKeyStoreId: renamed, NewCustomKeyStoreName: `name-${(n % 2) + 1}` }),
    },
  };
}

/** A cluster, and a key store of it each time that one is asked for. */
function clusterOf({ kms, sim }: Place): (name: string) => Promise<string> {
  const { id, trustAnchor } = sim.cloudHsm.launch();
  return async (CustomKeyStoreName) => {
    const { CustomKeyStoreId } = await kms.createCustomKeyStore({
      CustomKeyStoreName,
      CloudHsmClusterId: id,
      TrustAnchorCertificate: trustAnchor,
      KeyStorePassword: 'kmsPassword',
    });
    return given(CustomKeyStoreId);
  };
}
