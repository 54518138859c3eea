// jsonwebtoken verifies tokens that were signed with keys of the simulation, from their public keys alone.

import jsonwebtoken from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { signingKey, token, tokenAlgorithms } from './signing-key.ts';

const claims = { sub: 'orders', iss: 'kmsim', iat: 1_767_225_600 };

// It knows no EdDSA.
test.each(tokenAlgorithms.filter(([alg]) => alg !== 'EdDSA'))(
  '%s verifies with a %s key, and a token that was changed does not',
  async (alg, spec, algorithm, coordinate) => {
    const key = await signingKey(spec, algorithm);
    const jwt = await token(key, alg, claims, coordinate);
    const options = { algorithms: [alg], clockTimestamp: claims.iat };
    expect(jsonwebtoken.verify(jwt, key.publicKey, options)).toEqual(claims);
    const [header, , signature] = jwt.split('.');
    const other = Buffer.from(JSON.stringify({ ...claims, sub: 'admin' })).toString('base64url');
    expect(() => jsonwebtoken.verify(`${header}.${other}.${signature}`, key.publicKey, options)).toThrow(
      'invalid signature',
    );
  },
);
