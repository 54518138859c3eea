// Commands on imported key material: it comes Region by Region, expires, is deleted, and comes again.

import type { Command } from '../command.ts';
import type { MadeKey } from '../ledger.ts';
import { addressOf, arnOf, type Kind, type Scene } from '../scene.ts';
import { sha256, wrapMaterial } from '../wrap-material.ts';

const utf8 = new TextEncoder();
const dayMs = 86_400_000;

async function importMaterial(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const { choice = 0, n } = command;
  const KeyId = arnOf(to.key, to.region);
  const wrapping = await wrappingKey(scene, KeyId, to);
  if (wrapping === undefined) return;
  const { isNew, number } = wantedMaterial(scene, command, to);
  const material = sha256(utf8.encode(`${to.key.id} ${number}`));
  const ends = choice % 5 === 0;
  const ValidTo = new Date(scene.machine.now + (1 + (choice % 300)) * dayMs);
  await scene.ask(
    'ImportKeyMaterial',
    {
      KeyId,
      ImportToken: wrapping.token,
      EncryptedKeyMaterial: wrapMaterial(wrapping.publicKey, material, sha256(utf8.encode(`padding ${n}`))),
      ...(ends ? { ValidTo } : { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
      ...(isNew && { ImportType: 'NEW_KEY_MATERIAL' }),
    },
    to,
  );
}

// Mostly what the Region lacks, else the next; now and then just any.
function wantedMaterial(
  { machine }: Scene,
  { choice = 0 }: Command,
  { key, region }: { readonly key: MadeKey; readonly region: string },
): { readonly isNew: boolean; readonly number: number } {
  const record = machine.kms.state.keyById(region, key.id);
  const { materials = [], pendingMaterial } = record ?? {};
  const known = pendingMaterial === undefined ? materials : [...materials, pendingMaterial];
  const lacking = known.flatMap(({ imported }, number) => (imported?.isHere === true ? [] : [number]));
  if (choice % 12 === 0) return { isNew: choice % 24 === 0, number: choice % 3 };
  const first = lacking[choice % Math.max(lacking.length, 1)];
  if (first !== undefined) return { isNew: false, number: first };
  return { isNew: pendingMaterial === undefined && materials.length > 0, number: materials.length };
}

async function wrappingKey(
  scene: Scene,
  arn: string,
  to: { readonly region: string; readonly by: string },
): Promise<{ readonly token: Uint8Array; readonly publicKey: Uint8Array } | undefined> {
  const known = scene.ledger.wrappingKeys.get(arn);
  if (known !== undefined && known.validTo > scene.machine.now) return known;
  const input = { KeyId: arn, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const answer = await scene.ask('GetParametersForImport', input, to);
  const { ImportToken: token, ParametersValidTo, PublicKey: publicKey } = answer ?? {};
  if (token === undefined || publicKey === undefined || ParametersValidTo === undefined) return undefined;
  scene.ledger.wrappingKeys.set(arn, { token, publicKey, validTo: ParametersValidTo.getTime() });
  return { token, publicKey };
}

async function deleteMaterial(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to !== undefined) await scene.ask('DeleteImportedKeyMaterial', { KeyId: arnOf(to.key, to.region) }, to);
}

export const materialKinds: Readonly<Record<string, Kind>> = {
  importMaterial: { weight: 8, needs: 'imported key', act: importMaterial },
  rotateImported: {
    weight: 2,
    needs: 'imported key',
    ofPrimary: true,
    act: async (scene, command) => {
      const to = addressOf(scene, command);
      if (to !== undefined) await scene.ask('RotateKeyOnDemand', { KeyId: arnOf(to.key, to.region) }, to);
    },
  },
  deleteMaterial: { weight: 0.3, needs: 'imported key', act: deleteMaterial },
};
