// What a client does with the public key of GetParametersForImport, and with a public key of its own: all with node:crypto.

import {
  constants,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  publicEncrypt,
} from 'node:crypto';
import { TranscriptError } from '../transcript.ts';
import { show } from '../values.ts';
import { hashName } from './hashes.ts';

export interface Oaep {
  readonly hash: unknown;
  /** The hash of the mask generation function; node:crypto takes the same for both. */
  readonly mgf1Hash?: unknown;
  readonly label?: unknown;
  readonly publicKey: Uint8Array;
}

/** RSAES-OAEP, RFC 8017 section 7.1.1. */
export function rsaOaep({ hash, label, mgf1Hash = hash, publicKey }: Oaep, message: Uint8Array): Uint8Array {
  if (mgf1Hash !== hash)
    throw new TranscriptError(`OAEP with ${show(hash)} and a mask of ${show(mgf1Hash)} is not played`);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const oaepLabel = label instanceof Uint8Array ? { oaepLabel: Buffer.from(label) } : {};
  const key = { key: publicKeyOf(publicKey), padding, oaepHash: hashName(hash), ...oaepLabel };
  return usable('the wrapping key', () => new Uint8Array(publicEncrypt(key, message)));
}

// RFC 5649 section 3: the alternative initial value.
const kwpInitialValue = Buffer.from('a65959a6', 'hex');

/** RSA_AES_KEY_WRAP: OAEP of an AES key, then AES-KWP (RFC 5649) of the material under it. */
export function rsaAesKeyWrap(oaep: Oaep, aesKey: Uint8Array, material: Uint8Array): Uint8Array {
  const cipher = createCipheriv(`id-aes${aesKey.length * 8}-wrap-pad`, aesKey, kwpInitialValue);
  return new Uint8Array(Buffer.concat([rsaOaep(oaep, aesKey), cipher.update(material), cipher.final()]));
}

/** The raw ECDH secret: SP 800-56A section 5.7.1.2, the x coordinate. */
export function ecdh(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return usable('the pair of keys', () => {
    const own = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
    return new Uint8Array(diffieHellman({ privateKey: own, publicKey: publicKeyOf(publicKey) }));
  });
}

/** A DER SubjectPublicKeyInfo as a key. */
export function publicKeyOf(der: Uint8Array): KeyObject {
  return usable('the public key', () => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }));
}

// A target may hand out what is no key: a difference at this step, not the end of the run.
function usable<T>(what: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof TranscriptError) throw error;
    throw new TranscriptError(`${what} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}
