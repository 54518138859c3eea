// What every door does with Recipients.

import { describe, expect } from 'vitest';
import { app, bytes, type Door, failureOf, keyWithNames, scenario, text } from './doors.ts';

// Web Crypto, which Node and browsers have.
const { subtle } = globalThis.crypto;
const rsa = { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
const pair = await subtle.generateKey(rsa, true, ['encrypt', 'decrypt']);
const privateKey = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey));
const spki = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
const KeyEncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
const image = 'ab'.repeat(48);

export function attestation(door: Door): void {
  describe('attestation', () => {
    scenario(door, 'answers a Recipient with what only the recipient can read', async () => {
      await using house = await door.open();
      const kms = house.client();
      const { id: KeyId } = await keyWithNames(kms);
      const AttestationDocument = await house.sim.attestation.document({ publicKey: spki });
      const Recipient = { KeyEncryptionAlgorithm, AttestationDocument } as const;
      const open = async (sealed: Uint8Array | undefined): Promise<Uint8Array> =>
        house.sim.attestation.open(sealed ?? new Uint8Array(), privateKey);

      const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: bytes('secret') });
      const decrypted = await kms.decrypt({ CiphertextBlob, Recipient });
      expect([decrypted.Plaintext, decrypted.KeyMaterialId]).toEqual([undefined, undefined]);
      expect(text(await open(decrypted.CiphertextForRecipient))).toBe('secret');

      const made = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256', Recipient });
      const { Plaintext } = await kms.decrypt({ CiphertextBlob: made.CiphertextBlob });
      expect(made.Plaintext).toBeUndefined();
      expect(await open(made.CiphertextForRecipient)).toEqual(Uint8Array.from(Plaintext ?? []));

      const dataPair = await kms.generateDataKeyPair({ KeyId, KeyPairSpec: 'ECC_NIST_P256', Recipient });
      expect(dataPair.PrivateKeyPlaintext).toBeUndefined();
      expect(await open(dataPair.CiphertextForRecipient)).toEqual(
        Uint8Array.from((await kms.decrypt({ CiphertextBlob: dataPair.PrivateKeyCiphertextBlob })).Plaintext ?? []),
      );

      const random = await kms.generateRandom({ NumberOfBytes: 9, Recipient });
      expect(random.Plaintext).toBeUndefined();
      expect(await open(random.CiphertextForRecipient)).toHaveLength(9);
    });

    scenario(door, 'lets an image in by its registers, and nobody with a bad document', async () => {
      await using house = await door.open();
      const { attestation: authority } = house.sim;
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'kms:*', Resource: '*' },
          {
            Effect: 'Allow',
            Principal: { AWS: app },
            Action: 'kms:GenerateDataKey',
            Resource: '*',
            Condition: { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:PCR0': image.toUpperCase() } },
          },
        ],
      });
      const { KeyMetadata } = await house.client().createKey({ Policy });
      const kms = house.client({ as: app });
      const ask = (AttestationDocument?: Uint8Array) =>
        kms.generateDataKey({
          KeyId: KeyMetadata?.KeyId ?? '',
          KeySpec: 'AES_128',
          ...(AttestationDocument && { Recipient: { KeyEncryptionAlgorithm, AttestationDocument } }),
        });
      const document = await authority.document({ publicKey: spki, pcrs: { 0: image } });
      expect((await ask(document)).CiphertextForRecipient).toBeInstanceOf(Uint8Array);
      const other = await authority.document({ publicKey: spki, pcrs: { 0: 'cd'.repeat(48) } });
      for (const refused of [other, undefined])
        expect(await failureOf(ask(refused))).toMatchObject({ name: 'AccessDeniedException', status: 400 });
      for (const bad of [document.slice(1), document.with(100, (document[100] ?? 0) ^ 1)])
        expect(await failureOf(ask(bad))).toMatchObject({ name: 'ValidationException', status: 400 });
    });
  });
}
