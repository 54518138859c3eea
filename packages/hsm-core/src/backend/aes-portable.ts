// AES in the modes that an HSM offers beside those of the port, with keys of 128, 192 and 256 bits, over @noble.

import { aeskw, aeskwp, cbc, gcm } from '@noble/ciphers/aes.js';

/** Undefined instead of what failed: a wrong tag, padding or length. */
function attempt(run: () => Uint8Array): Uint8Array | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** A mode in both directions; `open` is undefined for what no `seal` made. */
export interface AesMode {
  seal(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array;
  open(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined;
}

/** SP 800-38D, the tag of 16 bytes behind the ciphertext. */
export const aesGcm: AesMode = {
  seal: (key, iv, aad, plaintext) => gcm(key, iv, aad).encrypt(plaintext),
  open: (key, iv, aad, ciphertext) => attempt(() => gcm(key, iv, aad).decrypt(ciphertext)),
};

/** SP 800-38A section 6.2, whole blocks. */
export const aesCbc: AesMode = {
  seal: (key, iv, _aad, plaintext) => cbc(key, iv, { disablePadding: true }).encrypt(plaintext),
  open: (key, iv, _aad, ciphertext) => attempt(() => cbc(key, iv, { disablePadding: true }).decrypt(ciphertext)),
};

/** The same with the padding of RFC 5652 section 6.3. */
export const aesCbcPad: AesMode = {
  seal: (key, iv, _aad, plaintext) => cbc(key, iv).encrypt(plaintext),
  open: (key, iv, _aad, ciphertext) => attempt(() => cbc(key, iv).decrypt(ciphertext)),
};

export interface AesWrap {
  wrap(kek: Uint8Array, material: Uint8Array): Uint8Array | undefined;
  unwrap(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined;
}

const semiblock = 8;
const isWhole = (bytes: Uint8Array, least: number): boolean =>
  bytes.length >= least * semiblock && bytes.length % semiblock === 0;

/** RFC 3394, for two semiblocks of eight bytes or more. */
export const aesKw: AesWrap = {
  wrap: (kek, material) => (isWhole(material, 2) ? aeskw(kek).encrypt(material) : undefined),
  unwrap: (kek, wrapped) => (isWhole(wrapped, 3) ? attempt(() => aeskw(kek).decrypt(wrapped)) : undefined),
};

/** RFC 5649, for one byte or more. */
export const aesKwp: AesWrap = {
  wrap: (kek, material) => (material.length > 0 ? aeskwp(kek).encrypt(material) : undefined),
  unwrap: (kek, wrapped) => (isWhole(wrapped, 2) ? attempt(() => aeskwp(kek).decrypt(wrapped)) : undefined),
};
