// The rows of the algorithms of elliptic curves: each verified outside, and their forms of one message the same.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { curves, type EccKeySpec, ecdsaSignings, keyAgreements, spki } from '../src/ecc.ts';
import { keySpecs } from '../src/key-specs.ts';
import { ecdsaSpecs, hashName, keyOf, outside } from './ecc/keys.ts';
import { families, native } from './family-backends.ts';
import { hex, octets, spoilt } from './octets.ts';
import { openssl, opensslAbsent, opensslReason } from './openssl-command.ts';
import { provesWithOpenssl } from './proof.ts';

type EcdsaAlgorithm = keyof typeof ecdsaSignings;
const algorithmOf = (spec: EccKeySpec): EcdsaAlgorithm => keySpecs[spec].signingAlgorithms[0] as EcdsaAlgorithm;
const message = octets(700, 3);
const none = new Uint8Array();

test('there is a row for each algorithm of the key specs, and its digests are those of the curve', () => {
  expect(Object.keys(ecdsaSignings).sort()).toEqual([...new Set(ecdsaSpecs.map(algorithmOf))].sort());
  for (const spec of ecdsaSpecs) {
    const { forms, randomLength } = ecdsaSignings[algorithmOf(spec)];
    expect(forms.DIGEST?.length).toBe(native.hashes[curves[spec].hash].length);
    expect([Object.keys(forms).sort(), forms.RAW?.length, randomLength]).toEqual([['DIGEST', 'RAW'], undefined, 0]);
  }
});

describe.each(ecdsaSpecs)('%s', (spec) => {
  const { RAW, DIGEST } = ecdsaSignings[algorithmOf(spec)].forms;

  test.each(families)('on $name a message and its digest have one signature, which verifies as both', (family) => {
    const key = keyOf(spec, family);
    const digest = family.hashes[key.curve.hash].digest(message);
    const signature = RAW?.sign(key, message, none) ?? none;
    expect(hex(DIGEST?.sign(key, digest, none))).toBe(hex(signature));
    expect(hex(signature)).toBe(hex(RAW?.sign(keyOf(spec, native), message, none)));
    expect([RAW?.verify(key, message, signature), DIGEST?.verify(key, digest, signature)]).toEqual([true, true]);
    expect(RAW?.verify(key, spoilt(message, 0), signature)).toBe(false);
    expect(DIGEST?.verify(key, spoilt(digest, 0), signature)).toBe(false);
  });

  test('messages from none to the largest verify with node:crypto', () => {
    const key = keyOf(spec, native);
    const publicKey = crypto.createPublicKey({ key: Buffer.from(spki(key)), format: 'der', type: 'spki' });
    for (const length of [0, 1, 64, 4096]) {
      const signature = RAW?.sign(key, octets(length), none) ?? none;
      expect(crypto.verify(hashName(key), octets(length), publicKey, signature)).toBe(true);
    }
    provesWithOpenssl(algorithmOf(spec));
  });

  test.skipIf(opensslAbsent)(`verifies with OpenSSL${opensslReason}`, () => {
    const key = keyOf(spec, native);
    const files = { key: spki(key), signature: RAW?.sign(key, message, none) ?? none, message, other: octets(5) };
    const over = (input: string): boolean => {
      const given = ['-verify', 'key', '-keyform', 'DER', '-signature', 'signature', input];
      return openssl(['dgst', `-${hashName(key)}`, ...given], files).accepted;
    };
    expect([over('message'), over('other')]).toEqual([true, false]);
  });
});

test('the row of key agreement derives what OpenSSL derives', () => {
  const key = keyOf('ECC_NIST_P384', native);
  const peer = crypto.generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const derived = keyAgreements.ECDH.derive(key, peer.publicKey.export({ type: 'spki', format: 'der' }));
  const privateKey = outside(key);
  expect(hex(derived as Uint8Array)).toBe(hex(crypto.diffieHellman({ privateKey, publicKey: peer.publicKey })));
});

describe.skipIf(opensslAbsent)(`the command line of OpenSSL derives the same${opensslReason}`, () => {
  test.each<EccKeySpec>(['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'])('%s', (spec) => {
    const [key, peer] = [
      keyOf(spec, native),
      crypto.generateKeyPairSync('ec', { namedCurve: curves[spec].openSslName }),
    ];
    const files = { own: peer.privateKey.export({ type: 'pkcs8', format: 'der' }), peer: spki(key) };
    const derive = ['pkeyutl', '-derive', '-inkey', 'own', '-keyform', 'DER', '-peerkey', 'peer', '-peerform', 'DER'];
    const derived = keyAgreements.ECDH.derive(key, peer.publicKey.export({ type: 'spki', format: 'der' }));
    expect(hex(openssl(derive, files).output)).toBe(hex(derived as Uint8Array));
  });
});
