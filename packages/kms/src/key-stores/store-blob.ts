// The ciphertext blob of a key in a custom key store. It begins as one of the own vault does:
//
//   0  01 02    version
//   2  op       as in the own vault
//   3  00 78    constant
//   5  32 bytes name: `kmsim`, the 16 bytes of the KMS key's id, the kind, 6 zeros, a check of them
//  37  02       AWS CloudHSM: length and text of the backing key's id, 12 bytes IV, ciphertext and tag
//      04       external: 16 bytes of the SHA-256 of the inner blob, then what the proxy gave: length and bytes of the IV, tag, length and bytes
//               of the metadata, ciphertext
//
// AWS does not publish its layout; that of an external key has all fields of the proxy's answer ("KMS Considerations" of Encrypt in
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md).

import {
  type BlobPurpose,
  blobPurposes,
  type FoundBlob,
  isMaterialName,
  materialNameAt,
  materialNameOf,
} from '@kmsim/hsm-core';

const kindAt = 37;
// Behind `kmsim` and the id.
const namedKindAt = materialNameAt + 5 + 16;
export const nameEnd: number = kindAt + 1;

// In no two of them, nor in the own vault's 01, one bit alone is another.
const kinds = { AWS_CLOUDHSM: 2, EXTERNAL_KEY_STORE: 4 } as const;
type Kind = keyof typeof kinds;

/** A blob whose key lives in a custom key store. */
export interface StoreBlob {
  readonly keyId: string;
  readonly kind: Kind;
  /** The own vault has nothing of it. */
  readonly materialId?: undefined;
}

export function isStoreBlob(found: FoundBlob | StoreBlob): found is StoreBlob {
  return 'kind' in found;
}

/** The first bytes of a blob; `length` of them, zeros behind the kind. */
export function blobHeader(kind: Kind, keyId: string, purpose: BlobPurpose, length: number = nameEnd): Uint8Array {
  const header = new Uint8Array(length);
  header[0] = 1;
  header[1] = 2;
  header[2] = blobPurposes[purpose];
  header[4] = 0x78;
  header.set(materialNameOf(digits(keyId, kinds[kind])), materialNameAt);
  header[kindAt] = kinds[kind];
  return header;
}

/** Undefined: no blob of a custom key store, or one whose first bytes are damaged. */
export function readHeader(blob: Uint8Array): StoreBlob | undefined {
  const kind = kindOf(blob[kindAt]);
  if (kind === undefined || !isHeader(blob) || !isMaterialName(blob, materialNameAt)) return undefined;
  // The name of another kind: what the byte says was changed.
  if (blob[namedKindAt] !== kinds[kind]) return undefined;
  return { keyId: uuidAt(blob, materialNameAt + 5), kind };
}

function kindOf(byte: number | undefined): Kind | undefined {
  return (Object.keys(kinds) as Kind[]).find((kind) => kinds[kind] === byte);
}

function isHeader(blob: Uint8Array): boolean {
  const [version, second, op = 0, zero, last] = blob;
  return version === 1 && second === 2 && op >= 1 && op <= 3 && zero === 0 && last === 0x78;
}

// The id of a key in a custom key store is a UUID: none is a multi-Region key.
function digits(keyId: string, kind: number): Uint8Array {
  const bytes = new Uint8Array(23);
  bytes[16] = kind;
  let digit = 0;
  for (let at = 0; at < keyId.length; at++) {
    if (keyId[at] === '-') continue;
    bytes[digit >>> 1] = ((bytes[digit >>> 1] ?? 0) << 4) | Number.parseInt(keyId[at] ?? '0', 16);
    digit += 1;
  }
  return bytes;
}

function uuidAt(bytes: Uint8Array, at: number): string {
  const hex = Array.from(bytes.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Reads a blob field by field; a field that is cut short makes all of it undefined. */
export class Fields {
  readonly #bytes: Uint8Array;
  #at: number;
  isWhole = true;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  take(length: number): Uint8Array {
    const field = this.#bytes.subarray(this.#at, this.#at + length);
    if (field.length < length) this.isWhole = false;
    this.#at += length;
    return field;
  }

  /** A field behind one byte that says how long it is. */
  takeCounted(): Uint8Array {
    return this.take(this.take(1)[0] ?? 0);
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }
}

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
