// jose verifies tokens that keys of the simulation have signed, from their public keys alone.

import { createLocalJWKSet, createRemoteJWKSet, customFetch, exportJWK, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { authenticated, macAlgorithms, signatureAlgorithms, signed } from './token-algorithms.ts';
import {
  algorithmsWithout,
  changed,
  claims,
  issuedAt,
  keyOf,
  kms,
  newKey,
  sharedKey,
  type TokenKey,
} from './token-keys.ts';

const currentDate = new Date(issuedAt * 1_000);
const notVerified = { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' };

// jose 6 has no ES256K: WebCrypto does not know the curve.
describe.each(algorithmsWithout('ES256K'))('$alg with a $spec key', (algorithm) => {
  const options = { algorithms: [algorithm.alg], issuer: 'kmsim', currentDate };

  test('is verified, and refused when the token was changed', async () => {
    const { KeyId, publicKey } = await keyOf(algorithm);
    const token = await signed(kms, KeyId, algorithm, claims);
    const verified = await jwtVerify(token, publicKey, options);
    expect(verified).toMatchObject({ payload: claims, protectedHeader: { alg: algorithm.alg, kid: KeyId } });
    await expect(jwtVerify(changed(token), publicKey, options)).rejects.toMatchObject(notVerified);
  });
});

describe('a token of more than 4,096 octets', () => {
  const long = { ...claims, roles: 'x'.repeat(5_000) };
  const algorithms = algorithmsWithout('ES256K');

  test.each(algorithms.filter(({ hash }) => hash !== undefined))('has its digest signed: $alg', async (algorithm) => {
    const { KeyId, publicKey } = await keyOf(algorithm);
    const token = await signed(kms, KeyId, algorithm, long);
    expect((await jwtVerify(token, publicKey, { currentDate })).payload.sub).toBe('orders');
  });

  test.each(algorithms.filter(({ hash }) => hash === undefined))('cannot be signed: $alg', async (algorithm) => {
    const { KeyId } = await keyOf(algorithm);
    await expect(signed(kms, KeyId, algorithm, long)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe.each(macAlgorithms)('$alg with a $spec key', (algorithm) => {
  test('is verified by jose with the same secret, and by KMS without one', async () => {
    const { KeyId, secret } = await sharedKey(algorithm);
    const token = await authenticated(kms, KeyId, algorithm, claims);
    const options = { algorithms: [algorithm.alg], currentDate };
    expect((await jwtVerify(token, secret, options)).payload).toEqual(claims);
    await expect(jwtVerify(changed(token), secret, options)).rejects.toMatchObject(notVerified);

    const [header, body, signature = ''] = token.split('.');
    const { MacValid } = await kms.verifyMac({
      KeyId,
      MacAlgorithm: algorithm.algorithm,
      Message: Buffer.from(`${header}.${body}`),
      Mac: Buffer.from(signature, 'base64url'),
    });
    expect(MacValid).toBe(true);
  });
});

test.each(algorithmsWithout().filter(({ alg }) => ['ES256', 'ES384', 'ES512'].includes(alg)))(
  '$alg is verified whether or not a number needs all its octets',
  async (algorithm) => {
    const { KeyId, publicKey } = await keyOf(algorithm);
    const tokens = Array.from({ length: 8 }, (_, jti) => signed(kms, KeyId, algorithm, { jti }));
    const firsts: (number | undefined)[] = [];
    for (const token of await Promise.all(tokens)) {
      await jwtVerify(token, publicKey);
      const numbers = Buffer.from(token.split('.')[2] ?? '', 'base64url');
      firsts.push(numbers[0], numbers[numbers.length / 2]);
    }
    // DER writes an octet more for those from 0x80 on, and of P-521 one less for every second one.
    expect(firsts.some((first) => (algorithm.alg === 'ES512' ? first === 0 : (first ?? 0) >= 0x80))).toBe(true);
  },
);

describe('a JSON Web Key Set', () => {
  async function setOf(keys: readonly (TokenKey & { alg: string })[]): Promise<JSONWebKeySet> {
    const members = keys.map(async ({ KeyId: kid, alg, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg,
      use: 'sig',
    }));
    return { keys: await Promise.all(members) };
  }

  test('of the public keys finds the key of each token by its id', async () => {
    const algorithms = signatureAlgorithms.filter(({ alg }) => ['PS256', 'ES256', 'ES384', 'Ed25519'].includes(alg));
    const keys = await Promise.all(
      algorithms.map(async (algorithm) => ({ algorithm, alg: algorithm.alg, ...(await keyOf(algorithm)) })),
    );
    const set = createLocalJWKSet(await setOf(keys));
    for (const { algorithm, KeyId } of keys)
      expect((await jwtVerify(await signed(kms, KeyId, algorithm, claims), set, { currentDate })).payload).toEqual(
        claims,
      );
  });

  test('has nothing private in it', async () => {
    for (const algorithm of signatureAlgorithms) {
      const set = await setOf([{ ...(await keyOf(algorithm)), alg: algorithm.alg }]);
      expect(Object.keys(set.keys[0] ?? {}).filter((name) => ['d', 'p', 'q', 'k', 'priv'].includes(name))).toEqual([]);
    }
  });

  test('is asked again when an alias leads to a new key', async () => {
    const [algorithm] = signatureAlgorithms.filter(({ alg }) => alg === 'ES256') as [(typeof signatureAlgorithms)[0]];
    const alg = algorithm.alg;
    const AliasName = 'alias/tokens';
    const first = await newKey(algorithm.spec);
    await kms.createAlias({ AliasName, TargetKeyId: first.KeyId });
    const published = [{ ...first, alg }];
    const set = createRemoteJWKSet(new URL('https://issuer.example.com/jwks'), {
      cooldownDuration: 0,
      [customFetch]: async () => Response.json(await setOf(published)),
    });
    const current = async (): Promise<string> => (await kms.describeKey({ KeyId: AliasName })).KeyMetadata?.KeyId ?? '';
    const old = await signed(kms, await current(), algorithm, claims);
    await jwtVerify(old, set, { currentDate });

    const second = await newKey(algorithm.spec);
    published.push({ ...second, alg });
    await kms.updateAlias({ AliasName, TargetKeyId: second.KeyId });
    const fresh = await signed(kms, await current(), algorithm, claims);
    expect((await jwtVerify(fresh, set, { currentDate })).protectedHeader.kid).toBe(second.KeyId);
    expect((await jwtVerify(old, set, { currentDate })).protectedHeader.kid).toBe(first.KeyId);
    published.shift();
    await set.reload();
    await expect(jwtVerify(old, set, { currentDate })).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});
