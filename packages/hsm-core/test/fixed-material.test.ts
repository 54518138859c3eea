// Secrets that somebody brings along: the same form as an import gives them, and nothing that is no such key.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { exportedSecrets, fixedMaterial, specOfPrivateKey } from '../src/fixed-material.ts';
import { keyPairKinds } from '../src/key-pairs.ts';
import { type KeyPairSpec, type KeySpec, keySpecs } from '../src/key-specs.ts';
import { Vault } from '../src/vault.ts';
import { portable } from './backend/backends.ts';

const bytes = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill);

function privateKeyOf(spec: KeyPairSpec): KeyObject {
  const curves: Partial<Record<KeyPairSpec, string>> = {
    ECC_NIST_P256: 'prime256v1',
    ECC_NIST_P384: 'secp384r1',
    ECC_NIST_P521: 'secp521r1',
    ECC_SECG_P256K1: 'secp256k1',
  };
  const namedCurve = curves[spec];
  if (namedCurve !== undefined) return generateKeyPairSync('ec', { namedCurve }).privateKey;
  if (spec === 'ECC_NIST_EDWARDS25519') return generateKeyPairSync('ed25519').privateKey;
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

const der = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1'): Uint8Array =>
  Uint8Array.from(key.export({ format: 'der', type }));

describe('private keys of OpenSSL', () => {
  test.each([
    ['RSA_2048', 'pkcs1'],
    ['ECC_NIST_P256', 'sec1'],
    ['ECC_NIST_P384', 'sec1'],
    ['ECC_NIST_P521', 'sec1'],
    ['ECC_SECG_P256K1', 'sec1'],
    ['ECC_NIST_EDWARDS25519', undefined],
  ] as const)('%s: as an import keeps it, and the same from the older form', async (spec, older) => {
    const key = privateKeyOf(spec);
    const material = fixedMaterial(spec, der(key, 'pkcs8'));
    const primitives = await portable.primitives();
    const load = (): Uint8Array | string | Promise<unknown> =>
      keyPairKinds[spec].canonical(der(key, 'pkcs8'), primitives);
    await load();
    expect(material).toEqual(load());
    if (older !== undefined) expect(fixedMaterial(spec, der(key, older))).toEqual(material);
    expect(specOfPrivateKey(der(key, 'pkcs8'))).toBe(spec);
  });

  test('are none of another spec', () => {
    const key = der(privateKeyOf('ECC_NIST_P256'), 'pkcs8');
    for (const spec of Object.keys(keySpecs) as KeySpec[])
      if (spec !== 'ECC_NIST_P256' && !spec.startsWith('HMAC')) expect(fixedMaterial(spec, key), spec).toBeUndefined();
    expect(specOfPrivateKey(bytes(100))).toBeUndefined();
  });
});

test.each(['ML_DSA_44', 'ML_DSA_87', 'ML_KEM_512', 'ML_KEM_1024', 'SM2'] as const)(
  'a %s key that was handed out is taken in again',
  async (spec) => {
    const primitives = await portable.primitives();
    const grow = (): unknown => keyPairKinds[spec].growData(bytes(32), primitives);
    await grow();
    const { privateKey } = grow() as { readonly privateKey: Uint8Array };
    expect(fixedMaterial(spec, privateKey)).toEqual(privateKey);
  },
);

test('other keys are their bytes, as long as their spec wants them', () => {
  expect(fixedMaterial('SYMMETRIC_DEFAULT', bytes(32))).toEqual(bytes(32));
  for (const length of [0, 16, 31, 33]) expect(fixedMaterial('SYMMETRIC_DEFAULT', bytes(length))).toBeUndefined();
  expect(fixedMaterial('HMAC_384', bytes(48))).toEqual(bytes(48));
  expect(fixedMaterial('HMAC_384', bytes(128))).toEqual(bytes(128));
  for (const length of [47, 129]) expect(fixedMaterial('HMAC_384', bytes(length))).toBeUndefined();
});

test('what a vault has can be asked for by the id of the material', () => {
  const vault = new Vault(portable);
  const ids = [1, 2].map((fill) => vault.create('a key', bytes(32, fill)));
  const found = new Map(exportedSecrets(vault).map(({ materialId, secret }) => [materialId, secret]));
  expect(ids.map((id) => found.get(id))).toEqual([bytes(32, 1), bytes(32, 2)]);
});
