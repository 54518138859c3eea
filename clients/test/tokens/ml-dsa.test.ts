// jose verifies tokens of ML-DSA that keys of the simulation have signed, where the runtime knows ML-DSA: Node 24 with OpenSSL 3.5.
// https://www.iana.org/assignments/jose/jose.xhtml

import { exportJWK, importJWK, importSPKI, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { type SignatureAlgorithm, signed } from './token-algorithms.ts';
import { changed, claims, issuedAt, kms } from './token-keys.ts';

const algorithms: readonly SignatureAlgorithm[] = [
  { alg: 'ML-DSA-44', spec: 'ML_DSA_44', algorithm: 'ML_DSA_SHAKE_256' },
  { alg: 'ML-DSA-65', spec: 'ML_DSA_65', algorithm: 'ML_DSA_SHAKE_256' },
  { alg: 'ML-DSA-87', spec: 'ML_DSA_87', algorithm: 'ML_DSA_SHAKE_256' },
];

const isKnown = await crypto.subtle.generateKey('ML-DSA-44', false, ['sign', 'verify']).then(
  () => true,
  () => false,
);
const skipped = isKnown ? '' : ' (skipped: this runtime has no ML-DSA)';

test.runIf(isKnown).each(algorithms)(`$alg with a $spec key, and its JSON Web Key${skipped}`, async (algorithm) => {
  const { alg, spec } = algorithm;
  const { KeyMetadata } = await kms.createKey({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
  const KeyId = KeyMetadata?.KeyId ?? '';
  const { PublicKey = new Uint8Array() } = await kms.getPublicKey({ KeyId });
  const base64 = Buffer.from(PublicKey).toString('base64');
  const pem = `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----`;
  const key = await importSPKI(pem, alg, { extractable: true });
  const token = await signed(kms, KeyId, algorithm, claims);
  const options = { algorithms: [alg], currentDate: new Date(issuedAt * 1_000) };
  expect((await jwtVerify(token, key, options)).payload).toEqual(claims);
  await expect(jwtVerify(changed(token), key, options)).rejects.toMatchObject({
    code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  });
  const jwk = await exportJWK(key);
  expect(jwk).toMatchObject({ kty: 'AKP', alg });
  expect((await jwtVerify(token, await importJWK(jwk, alg), options)).payload).toEqual(claims);
});
