// RSAES-OAEP with SHA-256 as a client of ImportKeyMaterial does it, with a padding that is given: the same bytes for the same seed.

import { constants, createHash, createPublicKey, publicEncrypt } from 'node:crypto';

const modulusBytes = 256;
const hashBytes = 32;

/** RFC 8017 section 7.1.1, for an RSA-2048 key and the empty label. */
export function wrapMaterial(publicKey: Uint8Array, material: Uint8Array, seed: Uint8Array): Uint8Array {
  const data = Buffer.alloc(modulusBytes - hashBytes - 1);
  sha256(Buffer.alloc(0)).copy(data);
  data[data.length - material.length - 1] = 1;
  data.set(material, data.length - material.length);
  const maskedData = xor(data, mask(seed, data.length));
  const maskedSeed = xor(seed, mask(maskedData, hashBytes));
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const block = Buffer.concat([Buffer.alloc(1), maskedSeed, maskedData]);
  return new Uint8Array(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, block));
}

// MGF1, RFC 8017 appendix B.2.1.
function mask(seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0; counter * hashBytes < length; counter++) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    parts.push(sha256(Buffer.concat([seed, number])));
  }
  return Buffer.concat(parts).subarray(0, length);
}

function xor(bytes: Uint8Array, other: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte, at) => byte ^ (other[at] ?? 0)));
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
