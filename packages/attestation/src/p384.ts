// ECDSA over P-384 with SHA-384: the one signature algorithm of attestation documents and of their certificates. FIPS 186-5 section 6.

import { mapHashToField } from '@noble/curves/abstract/modular.js';
import { type ECDSA, ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { p384 } from '@noble/curves/nist.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha384 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { attempt } from './fault.ts';

// Without random bytes the library does not blind, which gives the same signatures and draws no entropy.
const randomBytes = (): never => {
  throw new Error('Nothing in here draws random bytes.');
};
const scheme: ECDSA = ecdsa(weierstrass(p384.Point.CURVE(), { randomBytes }), sha384, { lowS: false, randomBytes });

/** How a signature is written: r ‖ s in COSE, ECDSA-Sig-Value in certificates. */
export type SignatureForm = 'compact' | 'der';

/** Octets of an uncompressed point, SEC 1 section 2.3.3. */
export const pointLength = 97;

export interface SigningKey {
  readonly publicPoint: Uint8Array;
  sign(message: Uint8Array, format: SignatureForm): Uint8Array;
}

/** The key that belongs to these secret bytes and this name. RFC 6979 signs, so that the same message has the same signature. */
export function signingKey(secret: Uint8Array, name: string): SigningKey {
  const info = utf8ToBytes(`kmsim attestation key ${name}`);
  // Half as many bits again as the order has, so that the numbers are as good as equally likely.
  const scalar = mapHashToField(hkdf(sha384, secret, undefined, info, 72), p384.Point.Fn.ORDER);
  return {
    publicPoint: scheme.getPublicKey(scalar, false),
    sign: (message, format) => scheme.sign(message, scalar, { format }),
  };
}

const mostRemembered = 256;

/** Verifies signatures and remembers the good ones: a chain is the same for hours, and each of its signatures costs milliseconds. */
export class SignatureVerifier {
  readonly #good = new Set<string>();

  isGood(publicPoint: Uint8Array, message: Uint8Array, signature: Uint8Array, format: SignatureForm): boolean {
    const name = nameOf(publicPoint, message, signature);
    if (this.#good.has(name)) return true;
    // Malformed signatures and points that are not on the curve make the library throw.
    if (attempt(() => scheme.verify(signature, message, publicPoint, { format })) !== true) return false;
    for (const oldest of this.#good) {
      if (this.#good.size < mostRemembered) break;
      this.#good.delete(oldest);
    }
    this.#good.add(name);
    return true;
  }
}

// The message has any length, so its hash stands in: then no two triples run together.
function nameOf(publicPoint: Uint8Array, message: Uint8Array, signature: Uint8Array): string {
  return bytesToHex(sha384.create().update(publicPoint).update(sha384(message)).update(signature).digest());
}
