import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const Plaintext = Buffer.from('4711');

async function world() {
  const sim = createKmsim({ seed: 'lessons' });
  const kms = sim.as();
  const { KeyMetadata: key } = await kms.createKey();
  return { kms, sim, KeyId: key?.Arn ?? '' };
}

test('Decrypt finds the key of a symmetric ciphertext by itself; an asymmetric one needs its KeyId', async () => {
  const { kms, KeyId } = await world();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext });
  expect(await kms.decrypt({ CiphertextBlob })).toMatchObject({ KeyId, Plaintext: new Uint8Array(Plaintext) });

  const { KeyMetadata: rsa } = await kms.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
  const sealed = await kms.encrypt({ KeyId: rsa?.Arn ?? '', Plaintext, EncryptionAlgorithm });
  const underRsa = { CiphertextBlob: sealed.CiphertextBlob, EncryptionAlgorithm } as const;
  await expect(kms.decrypt(underRsa)).rejects.toMatchObject({ name: 'ValidationException' });
  await kms.decrypt({ ...underRsa, KeyId: rsa?.Arn ?? '' });
});

test('the limit of 4,096 bytes is that of symmetric keys: RSA_2048 with SHA-256 takes 190', async () => {
  const { kms, KeyId } = await world();
  const refused = { name: 'ValidationException' };
  await kms.encrypt({ KeyId, Plaintext: Buffer.alloc(4096) });
  await expect(kms.encrypt({ KeyId, Plaintext: Buffer.alloc(4097) })).rejects.toMatchObject(refused);

  const { KeyMetadata: rsa } = await kms.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
  const underRsa = { KeyId: rsa?.Arn ?? '', EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
  await kms.encrypt({ ...underRsa, Plaintext: Buffer.alloc(190) });
  await expect(kms.encrypt({ ...underRsa, Plaintext: Buffer.alloc(191) })).rejects.toMatchObject(refused);
});

test('the encryption context is no secret: CloudTrail shows it, and the plaintext it does not show', async () => {
  const { kms, KeyId, sim } = await world();
  await kms.encrypt({ KeyId, Plaintext: Buffer.from('attack at dawn'), EncryptionContext: { tenant: 'acme' } });
  expect(sim.trail.last()?.requestParameters).toMatchObject({ encryptionContext: { tenant: 'acme' } });
  expect(sim.trail.file()).not.toContain('attack at dawn');
  expect(sim.trail.file()).not.toContain(Buffer.from('attack at dawn').toString('base64'));
});

test('a ciphertext opens with exactly its encryption context, in any order, and does not tell it', async () => {
  const { kms, KeyId } = await world();
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext, EncryptionContext: { tenant: 'acme', order: '1' } });
  await kms.decrypt({ CiphertextBlob, EncryptionContext: { order: '1', tenant: 'acme' } });
  for (const EncryptionContext of [{}, { tenant: 'acme' }, { tenant: 'acme', order: '1', more: '2' }])
    await expect(kms.decrypt({ CiphertextBlob, EncryptionContext })).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  expect(Buffer.from(CiphertextBlob ?? []).toString('latin1')).not.toContain('acme');
});

test('KMS keeps no data key: only its ciphertext brings it back', async () => {
  const { kms, KeyId, sim } = await world();
  const dataKey = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256' });
  // All that the simulated KMS knows, with its own keys in the clear, and its whole trail.
  const known = JSON.stringify(sim.snapshot({ plaintextKeys: true })) + sim.trail.file();
  const secret = Buffer.from(dataKey.Plaintext ?? []);
  expect(secret).toHaveLength(32);
  for (const form of ['hex', 'base64', 'base64url'] as const) expect(known).not.toContain(secret.toString(form));
  const { Plaintext: again } = await kms.decrypt({ CiphertextBlob: dataKey.CiphertextBlob });
  expect(again).toEqual(dataKey.Plaintext);
});

test('a ciphertext of a key that is not here is access denied, a damaged one is invalid, a wrong KeyId is incorrect', async () => {
  const { kms, KeyId, sim } = await world();
  const { CiphertextBlob = new Uint8Array() } = await kms.encrypt({ KeyId, Plaintext });
  const { KeyMetadata: other } = await kms.createKey();
  const elsewhere = sim.as(undefined, { region: 'eu-west-1' });
  await expect(elsewhere.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(kms.decrypt({ CiphertextBlob, KeyId: other?.Arn ?? '' })).rejects.toMatchObject({
    name: 'IncorrectKeyException',
  });
  await expect(kms.decrypt({ CiphertextBlob: CiphertextBlob.slice(1) })).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
  });
});

test('a wrong signature is an error: SignatureValid is never false', async () => {
  const { kms } = await world();
  const { KeyMetadata: signing } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const signed = { KeyId: signing?.Arn ?? '', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const { Signature = new Uint8Array() } = await kms.sign({ ...signed, Message: Buffer.from('4711') });
  expect((await kms.verify({ ...signed, Message: Buffer.from('4711'), Signature })).SignatureValid).toBe(true);
  await expect(kms.verify({ ...signed, Message: Buffer.from('4712'), Signature })).rejects.toMatchObject({
    name: 'KMSInvalidSignatureException',
  });
});
