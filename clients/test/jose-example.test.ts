import { createPublicKey } from 'node:crypto';
import { KMS } from '@aws-sdk/client-kms';
import { createLocalJWKSet, exportJWK, jwtVerify } from 'jose';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const base64url = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');
const part = (value: object) => base64url(Buffer.from(JSON.stringify(value)));

// KMS signs in DER, SEQUENCE { INTEGER r, INTEGER s }. A token of ES256 has both as 32 octets.
function sideBySide(der: Uint8Array): Uint8Array {
  const r = der.subarray(4, 4 + (der[3] ?? 0));
  const s = der.subarray(6 + r.length);
  return Buffer.concat([r, s].map((number) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32)));
}

async function issue(kms: KMS, KeyId: string, claims: object): Promise<string> {
  const input = `${part({ alg: 'ES256', typ: 'JWT', kid: KeyId })}.${part(claims)}`;
  const { Signature } = await kms.sign({ KeyId, Message: Buffer.from(input), SigningAlgorithm: 'ECDSA_SHA_256' });
  return `${input}.${base64url(sideBySide(Signature ?? new Uint8Array()))}`;
}

async function publish(kms: KMS, KeyId: string) {
  const { PublicKey } = await kms.getPublicKey({ KeyId });
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  return { keys: [{ ...(await exportJWK(key)), kid: KeyId, alg: 'ES256', use: 'sig' }] };
}

test('who has the JSON Web Key Set can verify the token', async () => {
  const kms = new KMS(createKmsim({ seed: 'jose' }).clientConfig());
  const { KeyMetadata: key } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const KeyId = key?.KeyId ?? '';
  const token = await issue(kms, KeyId, { sub: 'ann', iss: 'shop' });
  const { payload } = await jwtVerify(token, createLocalJWKSet(await publish(kms, KeyId)), { issuer: 'shop' });
  expect(payload.sub).toBe('ann');
});
