import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

test('every 90 days: each generation of ciphertexts opens with its own material', async () => {
  const sim = createKmsim({ seed: 'rotation' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const KeyId = key?.KeyId ?? '';
  await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });

  const written: (Uint8Array | undefined)[] = [];
  for (let quarter = 0; quarter < 4; quarter++) {
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from(`quarter ${quarter}`) });
    written.push(CiphertextBlob);
    sim.clock.advance('90 days');
  }

  const materials = new Set<string | undefined>();
  for (const [quarter, CiphertextBlob] of written.entries()) {
    const { KeyMaterialId, Plaintext } = await kms.decrypt({ CiphertextBlob });
    expect(Buffer.from(Plaintext ?? []).toString()).toBe(`quarter ${quarter}`);
    materials.add(KeyMaterialId);
  }
  expect(materials.size).toBe(4);
  const { Rotations = [] } = await kms.listKeyRotations({ KeyId });
  expect(Rotations.map(({ RotationType }) => RotationType)).toEqual(Array(4).fill('AUTOMATIC'));
});

test('now: an incident does not wait for the date', async () => {
  const sim = createKmsim({ seed: 'rotation' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  const KeyId = key?.KeyId ?? '';
  const { CiphertextBlob: before } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('old') });

  await kms.rotateKeyOnDemand({ KeyId });
  sim.clock.advance('1 second');

  // What is to leave the old material behind is re-encrypted; the plaintext never leaves KMS.
  const moved = await kms.reEncrypt({ CiphertextBlob: before, DestinationKeyId: KeyId });
  expect(moved.DestinationKeyMaterialId).not.toBe(moved.SourceKeyMaterialId);
  const [event] = sim.trail.find({ operation: 'RotateKeyOnDemand' });
  expect(event?.resources?.[0]?.ARN).toBe(key?.Arn);
});

test('by hand: the alias goes to a new key, and the old key has to stay', async () => {
  const sim = createKmsim({ seed: 'rotation' });
  const kms = sim.as();
  const spec = { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' } as const;
  const [old, next] = [await kms.createKey(spec), await kms.createKey(spec)];
  const AliasName = 'alias/signing';
  await kms.createAlias({ AliasName, TargetKeyId: old.KeyMetadata?.KeyId ?? '' });
  const asked = { Message: Buffer.from('4711'), SigningAlgorithm: 'RSASSA_PSS_SHA_256' } as const;
  const { Signature = new Uint8Array() } = await kms.sign({ KeyId: AliasName, ...asked });

  await kms.updateAlias({ AliasName, TargetKeyId: next.KeyMetadata?.KeyId ?? '' });
  const byAlias = kms.verify({ KeyId: AliasName, Signature, ...asked });
  await expect(byAlias).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  const byOld = await kms.verify({ KeyId: old.KeyMetadata?.KeyId ?? '', Signature, ...asked });
  expect(byOld.SignatureValid).toBe(true);
});
