// What a client of ImportKeyMaterial sends: node:crypto unwraps it.

import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { expect, test } from 'vitest';
import { wrapMaterial } from '../../src/simulation/wrap-material.ts';

test('RSAES-OAEP with SHA-256, and the same bytes for the same padding', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const material = new Uint8Array(32).map((_, at) => at);
  const [one, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const wrapped = wrapMaterial(der, material, one);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const unwrap = (bytes: Uint8Array) => privateDecrypt({ key: privateKey, padding, oaepHash: 'sha256' }, bytes);
  expect(new Uint8Array(unwrap(wrapped))).toEqual(material);
  expect(new Uint8Array(unwrap(wrapMaterial(der, material, other)))).toEqual(material);
  expect(wrapMaterial(der, material, one)).toEqual(wrapped);
  expect(wrapMaterial(der, material, other)).not.toEqual(wrapped);
});
