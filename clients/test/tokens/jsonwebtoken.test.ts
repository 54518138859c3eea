// jsonwebtoken, and where it has no such algorithm node:crypto, verify tokens that keys of the simulation have signed.

import { verify } from 'node:crypto';
import jsonwebtoken, { type Algorithm } from 'jsonwebtoken';
import { describe, expect, test } from 'vitest';
import { authenticated, macAlgorithms, signatureAlgorithms, signed } from './token-algorithms.ts';
import { algorithmsWithout, changed, claims, issuedAt, keyOf, kms, sharedKey } from './token-keys.ts';

function options(alg: string) {
  return { algorithms: [alg as Algorithm], clockTimestamp: issuedAt };
}

// It knows no Edwards curve and no secp256k1.
test.each(algorithmsWithout('EdDSA', 'Ed25519', 'ES256K'))(
  '$alg with a $spec key is verified, and refused when the token was changed',
  async (algorithm) => {
    const { KeyId, publicKey } = await keyOf(algorithm);
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const token = await signed(kms, KeyId, algorithm, claims);
    expect(jsonwebtoken.verify(token, pem, options(algorithm.alg))).toEqual(claims);
    expect(() => jsonwebtoken.verify(changed(token), pem, options(algorithm.alg))).toThrow('invalid signature');
  },
);

test.each(macAlgorithms)('$alg with a $spec key is verified with the same secret', async (algorithm) => {
  const { KeyId, secret } = await sharedKey(algorithm);
  const token = await authenticated(kms, KeyId, algorithm, claims);
  expect(jsonwebtoken.verify(token, Buffer.from(secret), options(algorithm.alg))).toEqual(claims);
  expect(() => jsonwebtoken.verify(changed(token), Buffer.from(secret), options(algorithm.alg))).toThrow(
    'invalid signature',
  );
});

describe('ES256K, which neither library has', () => {
  test('is verified by node:crypto', async () => {
    const [algorithm] = signatureAlgorithms.filter(({ alg }) => alg === 'ES256K') as [(typeof signatureAlgorithms)[0]];
    const { KeyId, publicKey } = await keyOf(algorithm);
    const token = await signed(kms, KeyId, algorithm, claims);
    const isGood = (jwt: string): boolean => {
      const [header, body, signature = ''] = jwt.split('.');
      const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
      return verify('sha256', Buffer.from(`${header}.${body}`), key, Buffer.from(signature, 'base64url'));
    };
    expect([isGood(token), isGood(changed(token))]).toEqual([true, false]);
  });
});
