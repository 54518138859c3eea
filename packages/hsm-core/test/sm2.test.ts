// The rows of SM2's algorithms, and its key agreement.

import { sm2 as other } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import { curves, EccPrivateKey, fromPkcs8, keyAgreements, spki, toPkcs8 } from '../src/ecc.ts';
import { keySpecs } from '../src/key-specs.ts';
import { sm2Digest } from '../src/sm2/signature.ts';
import { sm2Encryptions, sm2Signings } from '../src/sm2.ts';
import { families, native } from './family-backends.ts';
import { hex, octets, present } from './octets.ts';
import { seededKey } from './sm2/keys.ts';

const none = new Uint8Array();
const message = octets(500);

test('there is a row for each algorithm of the key spec', () => {
  const { signingAlgorithms, encryptionAlgorithms, keyAgreementAlgorithms } = keySpecs.SM2;
  expect(Object.keys(sm2Signings)).toEqual(signingAlgorithms);
  expect(Object.keys(sm2Encryptions)).toEqual(encryptionAlgorithms);
  expect(Object.keys(keyAgreements)).toEqual(keyAgreementAlgorithms);
});

describe.each(families)('on $name', (family) => {
  const key = seededKey(family);

  test('a message and its digest have one signature, which verifies as both', () => {
    const { RAW, DIGEST } = sm2Signings.SM2DSA.forms;
    const digest = sm2Digest(key, message);
    const signature = RAW?.sign(key, message, none) ?? none;
    expect([DIGEST?.length, RAW?.length, sm2Signings.SM2DSA.randomLength]).toEqual([digest.length, undefined, 0]);
    expect(hex(DIGEST?.sign(key, digest, none))).toBe(hex(signature));
    expect([RAW?.verify(key, message, signature), DIGEST?.verify(key, digest, signature)]).toEqual([true, true]);
    expect(RAW?.verify(key, message.subarray(1), signature)).toBe(false);
  });

  test('the largest plaintext comes back', () => {
    const { encrypt, decrypt, randomLength } = sm2Encryptions.SM2PKE;
    const plaintext = octets(keySpecs.SM2.maxPlaintext.SM2PKE ?? 0);
    const ciphertext = encrypt(key, plaintext, octets(randomLength)) as Uint8Array;
    expect(hex(decrypt(key, ciphertext))).toBe(hex(plaintext));
  });

  // What KMS derives for SM2 is told no further than "ECDH": the x coordinate, as on every other curve.
  test('keys agree on the x coordinate that a second library finds', () => {
    const peer = new EccPrivateKey(curves.SM2, family.sm2, octets(32, 20));
    const derived = keyAgreements.ECDH.derive(key, spki(peer));
    const shared = other.ecdh(hex(peer.scalar()) ?? '', hex(key.publicPoint) ?? '', false);
    expect(hex(derived as Uint8Array)).toBe(hex(Uint8Array.from(shared).subarray(1, 33)));
    expect(keyAgreements.ECDH.derive(peer, spki(key))).toEqual(derived);
  });

  test('the key comes back from its PKCS#8', () => {
    const back = present(fromPkcs8(toPkcs8(key), curves.SM2, family.sm2));
    expect(hex(spki(back))).toBe(hex(spki(seededKey(native))));
  });
});
