import { createHash, createPublicKey, verify } from 'node:crypto';
import { createKmsim } from 'kmsim';
import { expect, test } from 'vitest';

const base64url = (value: object | Uint8Array) =>
  Buffer.from(value instanceof Uint8Array ? value : JSON.stringify(value)).toString('base64url');

// KMS signs in DER, SEQUENCE { INTEGER r, INTEGER s }. A JWT has both as 32 bytes.
function joseOf(der: Uint8Array): Uint8Array {
  const r = der.subarray(4, 4 + (der[3] ?? 0));
  const s = der.subarray(6 + r.length);
  return Buffer.concat([r, s].map((number) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32)));
}

test('a JWT that KMS signed verifies with its public key', async () => {
  const kms = createKmsim({ seed: 'jwt-test' }).as();
  const { KeyMetadata: key } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const KeyId = key?.KeyId ?? '';
  const signed = `${base64url({ alg: 'ES256', typ: 'JWT', kid: KeyId })}.${base64url({ sub: 'ann' })}`;
  const Message = createHash('sha256').update(signed).digest();
  const { Signature } = await kms.sign({ KeyId, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' });
  const jwt = `${signed}.${base64url(joseOf(Signature ?? new Uint8Array()))}`;
  const { PublicKey } = await kms.getPublicKey({ KeyId });
  const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  const [head, body, signature = ''] = jwt.split('.');
  const asJose = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  expect(verify('sha256', Buffer.from(`${head}.${body}`), asJose, Buffer.from(signature, 'base64url'))).toBe(true);
});
