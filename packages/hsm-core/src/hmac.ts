// HMAC keys: FIPS 198-1 and SP 800-107 section 5.3, the MAC whole, never cut.
// https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html

import { equalBytes } from '@noble/curves/utils.js';
import type { HmacHash, HmacPrimitives } from './backend/hmac.ts';
import type { Mac } from './backend/mac.ts';
import type { HmacKeySpec } from './key-specs.ts';

export type { HmacKeySpec } from './key-specs.ts';

/** The hash of each key spec's only algorithm. A key is as long as a MAC: `materialBytes` of the key spec. */
export const hmacHashes: Readonly<Record<HmacKeySpec, HmacHash>> = {
  HMAC_224: 'SHA-224',
  HMAC_256: 'SHA-256',
  HMAC_384: 'SHA-384',
  HMAC_512: 'SHA-512',
};

/** The material itself is the key, made by KMS or imported. It is not kept: the MAC holds what follows from it. */
export class HmacKey {
  readonly #mac: Mac;

  constructor(secret: Uint8Array, hash: HmacHash, primitives: HmacPrimitives) {
    this.#mac = primitives.hmac(hash, secret);
  }

  mac(message: Uint8Array): Uint8Array {
    return this.#mac(message);
  }
}

export function generateMac(key: HmacKey, message: Uint8Array): Uint8Array {
  return key.mac(message);
}

/** Compares every byte, wherever the first difference is. */
export function verifyMac(key: HmacKey, message: Uint8Array, mac: Uint8Array): boolean {
  return equalBytes(key.mac(message), mac);
}
