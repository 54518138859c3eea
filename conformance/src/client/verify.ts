// Checks a signature outside KMS, with the public key alone.

import { constants, type KeyObject, publicDecrypt, verify } from 'node:crypto';
import { TranscriptError } from '../transcript.ts';
import { same, show } from '../values.ts';
import { digest, hashName } from './hashes.ts';
import { publicKeyOf } from './wrap.ts';

export interface Signed {
  readonly publicKey: Uint8Array;
  /** A SigningAlgorithmSpec. */
  readonly algorithm: string;
  /** RAW: the message. DIGEST: its hash. */
  readonly messageType: string;
  readonly message: Uint8Array;
  /** Of RSASSA_PSS; the length of the hash when absent. */
  readonly saltLength?: number;
}

export function verifiesLocally(signed: Signed, signature: Uint8Array): boolean {
  const { algorithm, message, messageType } = signed;
  const [, scheme = '', hash = ''] = /^(RSASSA_PSS|RSASSA_PKCS1_V1_5|ECDSA)_(SHA_\d+)$/.exec(algorithm) ?? [];
  if (scheme === '') throw new TranscriptError(`a signature of ${algorithm} is not checked outside KMS`);
  const key = publicKeyOf(signed.publicKey);
  const saltLength = signed.saltLength ?? digest(hash).length;
  if (messageType === 'RAW') return verifiesRaw(scheme, hash, message, key, saltLength, signature);
  // node:crypto hashes whatever it verifies, and can open an RSA signature but no ECDSA one.
  if (scheme === 'RSASSA_PSS') return pssVerifies(hash, message, key, saltLength, signature);
  throw new TranscriptError(`a signature of ${algorithm} over a ${show(messageType)} is not checked outside KMS`);
}

const paddings: Readonly<Record<string, number>> = {
  RSASSA_PSS: constants.RSA_PKCS1_PSS_PADDING,
  RSASSA_PKCS1_V1_5: constants.RSA_PKCS1_PADDING,
};

function verifiesRaw(
  scheme: string,
  hash: string,
  message: Uint8Array,
  key: KeyObject,
  saltLength: number,
  signature: Uint8Array,
): boolean {
  const padding = paddings[scheme];
  const how = padding === undefined ? { key, dsaEncoding: 'der' as const } : { key, padding, saltLength };
  try {
    return verify(hashName(hash), message, how, signature);
  } catch {
    // A key of another kind than the algorithm's.
    return false;
  }
}

/** EMSA-PSS-VERIFY, RFC 8017 section 9.1.2, of a message that has been hashed. */
function pssVerifies(
  hash: string,
  hashed: Uint8Array,
  key: KeyObject,
  saltLength: number,
  signature: Uint8Array,
): boolean {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || signature.length !== bits / 8) return false;
  const message = opened(key, signature);
  const length = digest(hash).length;
  const masked = message?.subarray(0, message.length - length - 1);
  const seed = message?.subarray(message.length - length - 1, -1);
  if (masked === undefined || seed === undefined || message?.at(-1) !== 0xbc) return false;
  if (masked.length < saltLength + 1 || ((masked[0] ?? 0) & 0x80) !== 0) return false;
  const block = mask(hash, seed, masked.length).map((byte, at) => byte ^ (masked[at] ?? 0));
  // A modulus of whole bytes leaves one bit over.
  block[0] = (block[0] ?? 0) & 0x7f;
  const start = block.length - saltLength - 1;
  if (block.subarray(0, start).some((byte) => byte !== 0) || block[start] !== 1) return false;
  return same(digest(hash, new Uint8Array(8), hashed, block.subarray(start + 1)), new Uint8Array(seed));
}

function opened(key: KeyObject, signature: Uint8Array): Uint8Array | undefined {
  try {
    return new Uint8Array(publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature));
  } catch {
    // A number that is not below the modulus.
    return undefined;
  }
}

/** MGF1, RFC 8017 appendix B.2.1. */
function mask(hash: string, seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / digest(hash).length) }, (_, at) =>
    digest(hash, seed, Uint8Array.of(at >>> 24, at >>> 16, at >>> 8, at)),
  );
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}
