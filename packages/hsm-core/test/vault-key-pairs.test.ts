// Key pairs and HMAC keys in the vault: grown at first use, kept, erased, carried away, and never to be seen.

import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/backend/backend.ts';
import type { NotLoaded } from '../src/backend/load-once.ts';
import type { DataKeyPair } from '../src/key-pair.ts';
import { type HmacKeySpec, isKeyPairSpec, type KeyPairSpec, keySpecs } from '../src/key-specs.ts';
import { Material } from '../src/material.ts';
import { type UsableKeyPair, Vault } from '../src/vault.ts';
import { backends, native, portable } from './backend/backends.ts';
import { everything, leaks, thrown } from './leaks.ts';
import { hex, octets } from './octets.ts';

// Bytes that turn up in no program by chance.
const canary = Uint8Array.from({ length: 32 }, (_, at) => (at * 151 + 0x5d) & 255);
const sealKey = octets(32, 77);
const none = '0'.repeat(64);
// One of each family; RSA in the suites of RSA, because its keys take long to grow.
const specs = ['ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'ML_DSA_44', 'ML_KEM_512', 'SM2'] as const;

function there<Value>(value: Value | NotLoaded | undefined): Value {
  if (value === undefined || value instanceof Promise) throw new Error('It is not there.');
  return value;
}

/** A vault in which the canary is a key pair of the spec, grown and used. */
async function grown(backend: Backend, spec: KeyPairSpec): Promise<{ vault: Vault; id: string; pair: UsableKeyPair }> {
  const vault = new Vault(backend);
  const id = vault.create('key-1', canary);
  let pair = vault.keyPair(id, spec);
  while (pair instanceof Promise) {
    await pair;
    pair = vault.keyPair(id, spec);
  }
  const usable = there(pair);
  used(usable, spec);
  return { vault, id, pair: usable };
}

/** Does everything with a pair that its spec allows. */
function used(pair: UsableKeyPair, spec: KeyPairSpec): void {
  const { encapsulationAlgorithms, encryptionAlgorithms, keyAgreementAlgorithms, signingAlgorithms } = keySpecs[spec];
  pair.publicKey();
  for (const algorithm of signingAlgorithms) {
    for (const type of ['RAW', 'DIGEST', 'EXTERNAL_MU'] as const) {
      const signature = pair.sign(algorithm, type, octets(64), octets);
      if (typeof signature !== 'string') pair.verify(algorithm, type, octets(64), signature);
    }
  }
  for (const algorithm of encryptionAlgorithms)
    pair.decrypt(algorithm, pair.encrypt(algorithm, octets(9), octets) as Uint8Array);
  for (const algorithm of keyAgreementAlgorithms) pair.agree(algorithm, pair.publicKey());
  for (const algorithm of encapsulationAlgorithms)
    pair.decapsulate(algorithm, pair.encapsulate(algorithm, octets).ciphertext);
}

describe.each(backends)('over the $name backend', (backend) => {
  test.each(specs)('a %s pair is grown once and kept', async (spec) => {
    const { id, pair, vault } = await grown(backend, spec);
    expect(vault.keyPair(id, spec)).toBe(pair);
  });

  test.each(specs)('an export carries the %s pair: the same answers, grown anew', async (spec) => {
    const { id, pair, vault } = await grown(backend, spec);
    const other = new Vault(backend);
    expect(other.import(sealKey, vault.export(sealKey))).toBe(true);
    const again = there(other.keyPair(id, spec));
    expect(again).not.toBe(pair);
    expect(hex(again.publicKey())).toBe(hex(pair.publicKey()));
  });

  test('an export is the same before a pair was grown and after', async () => {
    const fresh = new Vault(backend);
    fresh.create('key-1', canary);
    const { vault } = await grown(backend, 'ECC_NIST_P256');
    expect(hex(vault.export(sealKey))).toBe(hex(fresh.export(sealKey)));
  });

  test('a pair is there as long as its material is', async () => {
    const { id, vault } = await grown(backend, 'ECC_NIST_P256');
    vault.destroy(id);
    expect(vault.keyPair(id, 'ECC_NIST_P256')).toBeUndefined();
    expect(vault.keyPair(none, 'ECC_NIST_P256')).toBeUndefined();
  });

  test('the same material brought again is the same pair again', async () => {
    const { id, pair, vault } = await grown(backend, 'ECC_NIST_P256');
    const before = hex(pair.publicKey());
    vault.destroy(id);
    expect(vault.create('key-1', canary)).toBe(id);
    expect(hex(there(vault.keyPair(id, 'ECC_NIST_P256')).publicKey())).toBe(before);
  });

  test('a data key pair follows from its seed and leaves nothing behind', async () => {
    const { vault } = await grown(backend, 'ECC_NIST_P256');
    const before = hex(vault.export(sealKey));
    const made = (fill: number): DataKeyPair => there(vault.dataKeyPair('ECC_NIST_P256', octets(32, fill)));
    expect(hex(made(1).privateKey)).toBe(hex(made(1).privateKey));
    expect(hex(made(1).publicKey)).not.toBe(hex(made(2).publicKey));
    expect(hex(vault.export(sealKey))).toBe(before);
  });

  test('a data key pair does not touch the seed it was given', async () => {
    const { vault } = await grown(backend, 'ECC_NIST_P256');
    for (const spec of specs) {
      const seed = octets(32, 9);
      const { privateKey } = there(vault.dataKeyPair(spec, seed));
      privateKey.fill(0);
      expect(hex(seed)).toBe(hex(octets(32, 9)));
    }
  });

  test.each<[HmacKeySpec, string]>([
    ['HMAC_224', 'sha224'],
    ['HMAC_256', 'sha256'],
    ['HMAC_384', 'sha384'],
    ['HMAC_512', 'sha512'],
  ])('%s is HMAC under the material, until it is destroyed', async (spec, hash) => {
    await grown(backend, 'ECC_NIST_P256');
    const vault = new Vault(backend);
    const secret = octets(keySpecs[spec].materialBytes, 3);
    const id = vault.create('key-1', secret);
    const mac = there(vault.hmacKey(id, spec));
    expect(hex(mac(octets(99)))).toBe(createHmac(hash, secret).update(octets(99)).digest('hex'));
    expect(vault.hmacKey(id, spec)).toBe(mac);
    expect(vault.hmacKey(none, spec)).toBeUndefined();
    vault.destroy(id);
    expect(vault.hmacKey(id, spec)).toBeUndefined();
  });

  describe('what can be seen of the canary', () => {
    const looks: readonly (readonly [string, (one: object) => string])[] = [
      ['util.inspect with everything shown', (one) => inspect(one, everything)],
      ['JSON.stringify', (one) => JSON.stringify(one)],
      ['JSON.stringify of its properties', (one) => JSON.stringify(Object.getOwnPropertyDescriptors(one))],
      ['structuredClone, or its refusal', (one) => thrown(() => structuredClone(one))],
      ['v8.serialize, or its refusal', (one) => thrown(() => serialize(one))],
      ['an object spread', (one) => inspect({ ...one }, everything)],
      ['String', (one) => `${String(one)} ${Object.entries(one).join()}`],
    ];

    test.each(specs)('nothing, once it is a %s pair: neither of the seed nor of the private key', async (spec) => {
      const { pair, vault } = await grown(backend, spec);
      const { privateKey } = there(vault.dataKeyPair(spec, canary));
      // Of the PKCS#8 the 24 bytes before the public key or the end, where the scalar or the seed is.
      const secretAt = { ECC_NIST_P256: 36, SM2: 36, ECC_NIST_EDWARDS25519: 16, ML_DSA_44: 24, ML_KEM_512: 24 }[spec];
      const secret = privateKey.subarray(secretAt, secretAt + 24);
      for (const [name, look] of looks) {
        for (const one of [vault, pair, [vault, pair]]) {
          const seen = look(one);
          expect(leaks(seen, canary), name).toEqual([]);
          expect(leaks(seen, secret), name).toEqual([]);
        }
      }
    });
  });
});

describe('erasing a material', () => {
  // What OpenSSL holds of an Ed25519 key is its own (backend/ed25519-native.ts).
  test.each([
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['ML_DSA_44', 'ML_DSA_SHAKE_256'],
    ['SM2', 'SM2DSA'],
  ] as const)('erases its %s pair, also for who still holds it', async (spec, algorithm) => {
    const { id, pair, vault } = await grown(native, spec);
    const sign = (): string | undefined => outcome(() => pair.sign(algorithm, 'RAW', octets(5), octets));
    const before = sign();
    expect(sign()).toBe(before);
    vault.destroy(id);
    expect(sign()).not.toBe(before);
  });

  test('overwrites the secret and forgets what was made of it', async () => {
    await grown(native, 'ECC_NIST_P256');
    const secret = Uint8Array.from(canary);
    const material = new Material(native, 'key-1', secret);
    const pair = there(material.keyPair(native, 'ECC_NIST_P256'));
    const mac = there(material.hmacKey(native, 'HMAC_256'));
    material.erase();
    expect(hex(secret)).toBe('00'.repeat(32));
    expect(material.keyPair(native, 'ECC_NIST_P256')).not.toBe(pair);
    expect(material.hmacKey(native, 'HMAC_256')).not.toBe(mac);
  });
});

function outcome(attempt: () => unknown): string | undefined {
  try {
    return hex(attempt() as Uint8Array);
  } catch {
    return 'an error';
  }
}

test('what one backend made the other has as well', async () => {
  for (const spec of specs) {
    const [one, other] = [await grown(native, spec), await grown(portable, spec)];
    expect(hex(one.pair.publicKey())).toBe(hex(other.pair.publicKey()));
  }
});

test('every asymmetric spec but RSA has its family here', () => {
  const families = new Set(specs.map((spec) => keySpecs[spec].family));
  const all = Object.values(keySpecs).filter(({ family, spec }) => isKeyPairSpec(spec) && family !== 'rsa');
  expect(all.every(({ family }) => family === 'ecc' || families.has(family))).toBe(true);
});

describe('material that is no seed', () => {
  test('is read as the PKCS#8 that it is', async () => {
    const { vault, pair } = await grown(native, 'ECC_NIST_P256');
    const { privateKey } = there(vault.dataKeyPair('ECC_NIST_P256', canary));
    const imported = vault.create('key-2', privateKey);
    expect(hex(there(vault.keyPair(imported, 'ECC_NIST_P256')).publicKey())).toBe(hex(pair.publicKey()));
  });

  test('is an inner fault when it is no such key, and says nothing of it', async () => {
    const { vault } = await grown(native, 'ECC_NIST_P256');
    const { privateKey } = there(vault.dataKeyPair('ECC_NIST_P384', canary));
    const wrong = vault.create('key-2', privateKey);
    const said = thrown(() => vault.keyPair(wrong, 'ECC_NIST_P256'));
    expect(said).toContain('The material is no ECC_NIST_P256 key: wrong key spec.');
    expect(leaks(said, privateKey)).toEqual([]);
  });
});
