// One seed, one digest over all key specs but RSA: keys, signatures, MACs, ciphertexts, secrets. It changes when any of their bytes does,
// and then every recorded world of a seed changes with it.

import { createHash, type Hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { curves, type EccKeySpec, ecdsaSignings, grow, keyAgreements, spki, toPkcs8 } from '../src/ecc.ts';
import { ed25519Signings, spki as edSpki, toPkcs8 as edToPkcs8, grow as growEd25519 } from '../src/ed25519.ts';
import { generateMac, HmacKey, type HmacKeySpec, hmacHashes } from '../src/hmac.ts';
import { keySpecs } from '../src/key-specs.ts';
import {
  growMlDsa,
  growMlKem,
  mlDsaParameters,
  mlDsaSignings,
  mlDsaSpki,
  mlDsaToPkcs8,
  mlKemEncapsulations,
  mlKemParameters,
  mlKemSpki,
  mlKemToPkcs8,
} from '../src/post-quantum.ts';
import type { Signing } from '../src/signing.ts';
import { sm2Encryptions, sm2Signings } from '../src/sm2.ts';
import { type Families, families } from './family-backends.ts';
import { octets } from './octets.ts';

const message = octets(99, 17);
const random = octets(64, 42);

/** Every signature of a key: each algorithm over each form of message. */
function addSignatures<Key>(all: Hash, key: Key, signings: Readonly<Record<string, Signing<Key>>>): void {
  for (const { forms, randomLength } of Object.values(signings)) {
    for (const form of Object.values(forms)) {
      const input = form.length === undefined ? message : octets(form.length, 8);
      all.update(form.sign(key, input, random.subarray(0, randomLength)));
    }
  }
}

function golden({ ec, sm2, ed25519, hmac, postQuantum }: Families): string {
  const all = createHash('sha256');
  const seed = octets(32, 2);
  for (const [spec, curve] of Object.entries(curves) as [EccKeySpec, (typeof curves)[EccKeySpec]][]) {
    const { signingAlgorithms, keyAgreementAlgorithms } = keySpecs[spec];
    if (spec === 'SM2') {
      const key = grow(seed, curve, sm2);
      const { encrypt, decrypt } = sm2Encryptions.SM2PKE;
      const ciphertext = encrypt(key, message, random.subarray(0, 32)) as Uint8Array;
      all
        .update(spki(key))
        .update(toPkcs8(key))
        .update(ciphertext)
        .update(decrypt(key, ciphertext) ?? '');
      addSignatures(all, key, sm2Signings);
      all.update(keyAgreements.ECDH.derive(key, spki(grow(octets(32, 3), curve, sm2))));
    } else {
      const key = grow(seed, curve, ec);
      all.update(spki(key)).update(toPkcs8(key));
      const names = signingAlgorithms as (keyof typeof ecdsaSignings)[];
      for (const name of names) addSignatures(all, key, { [name]: ecdsaSignings[name] });
      if (keyAgreementAlgorithms.length > 0) {
        all.update(keyAgreements.ECDH.derive(key, spki(grow(octets(32, 3), curve, ec))));
      }
    }
  }
  const edKey = growEd25519(seed, ed25519);
  all.update(edSpki(edKey)).update(edToPkcs8(edKey));
  addSignatures(all, edKey, ed25519Signings);
  for (const spec of Object.keys(hmacHashes) as HmacKeySpec[]) {
    const key = new HmacKey(octets(keySpecs[spec].materialBytes), hmacHashes[spec], hmac);
    all.update(generateMac(key, message));
  }
  for (const parameters of Object.values(mlDsaParameters)) {
    const key = growMlDsa(seed, parameters, postQuantum);
    all.update(mlDsaSpki(key)).update(mlDsaToPkcs8(key));
    addSignatures(all, key, mlDsaSignings);
  }
  for (const parameters of Object.values(mlKemParameters)) {
    const key = growMlKem(seed, parameters, postQuantum);
    const { encapsulate, decapsulate } = mlKemEncapsulations.ML_KEM;
    const { ciphertext, sharedSecret } = encapsulate(key, random.subarray(0, 32));
    all.update(mlKemSpki(key)).update(mlKemToPkcs8(key)).update(ciphertext).update(sharedSecret);
    all.update(
      decapsulate(
        key,
        ciphertext.map((octet, at) => (at === 7 ? octet ^ 1 : octet)),
      ),
    );
  }
  return all.digest('hex');
}

test.each(families)('on $name', (family) => {
  expect(golden(family)).toBe('e392b2686c8c92ad48b87b8e59eb2cc6b596693ac437e0b1f5906e4e4b764954');
});
