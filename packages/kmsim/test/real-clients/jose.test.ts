// jose verifies tokens that were signed with keys of the simulation, from their public keys alone.

import { exportJWK, importJWK, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { signingKey, token, tokenAlgorithms } from './signing-key.ts';

const claims = { sub: 'orders', iss: 'kmsim', iat: 1_767_225_600 };
const currentDate = new Date('2026-01-01T00:00:01Z');

describe.each(tokenAlgorithms)('%s', (alg, spec, algorithm, coordinate) => {
  test(`verifies with a ${spec} key, and a token that was changed does not`, async () => {
    const key = await signingKey(spec, algorithm);
    const jwt = await token(key, alg, claims, coordinate);
    const verified = await jwtVerify(jwt, key.publicKey, { algorithms: [alg], issuer: 'kmsim', currentDate });
    expect(verified).toMatchObject({ payload: claims, protectedHeader: { alg, typ: 'JWT' } });
    const [header, , signature] = jwt.split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, sub: 'admin' })).toString('base64url');
    await expect(jwtVerify(`${header}.${other}.${signature}`, key.publicKey)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  test('so does the public key as a JSON Web Key', async () => {
    const key = await signingKey(spec, algorithm);
    const jwk = await importJWK(await exportJWK(key.publicKey), alg);
    await jwtVerify(await token(key, alg, claims, coordinate), jwk, { algorithms: [alg], currentDate });
  });
});
