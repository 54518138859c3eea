// The second entry: one signature through it, verified by node:crypto.

import { createPublicKey, verify } from 'node:crypto';
import { keySpecs } from '@kmsim/hsm-core';
import { ed25519, hmac, loadPortableEd25519, portableHashes, portableHmac } from '@kmsim/hsm-core/families';
import { expect, test } from 'vitest';

const seed = new Uint8Array(32).fill(1);

test('Ed25519: a key grown from a seed signs what node:crypto verifies', async () => {
  const primitives = await loadPortableEd25519(portableHashes['SHA-512']);
  const key = ed25519.grow(seed, primitives);
  const publicKey = createPublicKey({ key: Buffer.from(ed25519.spki(key)), format: 'der', type: 'spki' });
  const message = Buffer.from('order 1');
  const { RAW } = ed25519.ed25519Signings.ED25519_SHA_512.forms;
  const signature = RAW?.sign(key, message, new Uint8Array());
  expect(signature).toHaveLength(64);
  expect(verify(null, message, publicKey, signature as Uint8Array)).toBe(true);
});

test('HMAC: every spec has a hash of its length', () => {
  for (const [spec, hash] of Object.entries(hmac.hmacHashes)) {
    const key = new hmac.HmacKey(seed, hash, portableHmac);
    expect(hmac.generateMac(key, seed)).toHaveLength(keySpecs[spec as 'HMAC_256'].materialBytes);
  }
});
