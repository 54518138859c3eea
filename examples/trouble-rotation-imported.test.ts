import { constants, publicEncrypt } from 'node:crypto';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('imported material does not rotate by itself; it rotates on demand when new material waits', async () => {
  const sim = createKmsim({ seed: 'rotation' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey({ Origin: 'EXTERNAL' });
  const KeyId = key?.KeyId ?? '';
  const importMaterial = async (material: Buffer) => {
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
    const { ImportToken = new Uint8Array(), PublicKey } = await kms.getParametersForImport({ KeyId, ...wrapping });
    const wrappingKey = { key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' } as const;
    const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    await kms.importKeyMaterial({
      KeyId,
      ImportToken,
      EncryptedKeyMaterial: publicEncrypt({ ...wrappingKey, ...oaep }, material),
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      ImportType: 'NEW_KEY_MATERIAL',
    });
  };
  await importMaterial(Buffer.alloc(32, 1));
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('4711') });

  // Symptoms.
  const automatic = await kms.enableKeyRotation({ KeyId }).catch(String);
  const onDemand = await kms.rotateKeyOnDemand({ KeyId }).catch(String);
  await expect(`${automatic}\n\n${onDemand}\n`).toMatchFileSnapshot('trouble-rotation-imported.txt');

  // Fix: import new material, then rotate. The old material stays, for what was encrypted before.
  await importMaterial(Buffer.alloc(32, 2));
  await kms.rotateKeyOnDemand({ KeyId });
  sim.clock.advance('1 minute');
  const { Rotations = [] } = await kms.listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
  expect(Rotations.map(({ KeyMaterialState }) => KeyMaterialState)).toEqual(['NON_CURRENT', 'CURRENT']);
  expect((await kms.decrypt({ CiphertextBlob })).Plaintext).toEqual(new Uint8Array(Buffer.from('4711')));
});
