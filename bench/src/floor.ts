// The floor of the requests: the same primitives called raw in node:crypto, in the quickest way this version of Node has.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

// Node 24 is slow with raw keys, older ones with making key objects.
const wantsKeyObjects = Number.parseInt(process.versions.node, 10) >= 24;

/** As this version of Node takes a key most quickly. */
export function prepared(key: Uint8Array): KeyObject | Uint8Array {
  return wantsKeyObjects ? createSecretKey(key) : key;
}

const secret = prepared(new Uint8Array(32).fill(7));
// As long as kmsim's: counter, label, nonce, length.
const kdfInput = new Uint8Array(52);
const nonceAt = 32;
const headerLength = 54;
const tagLength = 16;

/** What an encryption leaves behind. */
export interface Sealed {
  readonly nonce: Uint8Array;
  readonly iv: Uint8Array;
  readonly body: Uint8Array;
  readonly tag: Uint8Array;
}

/** Additional authenticated data as long as kmsim's for this encryption context. */
export function additionalData(context: Readonly<Record<string, string>>): Uint8Array {
  const pairs = Object.entries(context);
  return new Uint8Array(pairs.reduce((sum, [key, value]) => sum + 4 + key.length + value.length, headerLength + 2));
}

/** What the key of a message is derived from. It is written over the next time. */
export function kdfInputOf(nonce: Uint8Array): Uint8Array {
  kdfInput.set(nonce, nonceAt);
  return kdfInput;
}

function messageKey(nonce: Uint8Array): KeyObject | Uint8Array {
  return prepared(createHmac('sha256', secret).update(kdfInputOf(nonce)).digest());
}

/** Random bytes (nonce and IV in one draw: two would cost twice as much), key derivation, AES-256-GCM. */
export function sealRaw(plaintext: Uint8Array, aad: Uint8Array): Sealed {
  const random = randomBytes(28);
  const nonce = random.subarray(0, 16);
  const iv = random.subarray(16);
  const cipher = createCipheriv('aes-256-gcm', messageKey(nonce), iv);
  cipher.setAAD(aad);
  const body = cipher.update(plaintext);
  cipher.final();
  return { nonce, iv, body, tag: cipher.getAuthTag() };
}

/** Key derivation and AES-256-GCM. */
export function openRaw({ nonce, iv, body, tag }: Sealed, aad: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', messageKey(nonce), iv, { authTagLength: tagLength });
  decipher.setAAD(aad);
  decipher.setAuthTag(tag);
  const plaintext = decipher.update(body);
  decipher.final();
  return plaintext;
}

/** A random data key and its encryption. */
export function dataKeyRaw(length: number, aad: Uint8Array): Sealed {
  return sealRaw(randomBytes(length), aad);
}
