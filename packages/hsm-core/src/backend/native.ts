// Primitives from node:crypto. Found at run time through the process, so that a bundler for browsers meets no import of it.

import type * as nodeCrypto from 'node:crypto';
import { Scratch } from '../scratch.ts';
import type { Backend } from './backend.ts';
import { plain } from './buffers.ts';
import { type Loading, loadOnce } from './load-once.ts';
import type { Primitives } from './primitives.ts';

const tagLength = 16;
const blockLength = 64;
const shortLength = 1024;
const inner = new Scratch(blockLength + shortLength);
const outer = new Uint8Array(blockLength + 32);

interface NodeProcess {
  readonly versions: { readonly node?: string };
  getBuiltinModule?(id: 'node:crypto'): typeof nodeCrypto;
}

/** The native backend, or undefined where there is no node:crypto. */
export function nativeBackend(): Backend | undefined {
  const process = (globalThis as { process?: NodeProcess }).process;
  const crypto = process?.getBuiltinModule?.('node:crypto');
  return crypto === undefined ? undefined : backendOver(crypto, Number.parseInt(process?.versions.node ?? '0', 10));
}

function backendOver(crypto: typeof nodeCrypto, major: number): Backend {
  // Node 24 takes 13 to 19 us longer for raw keys than for key objects; before it, making the object is the dearer way.
  const keyFor: (key: Uint8Array) => nodeCrypto.CipherKey =
    major >= 24 ? (key) => crypto.createSecretKey(key) : (key) => key;
  const options = { authTagLength: tagLength };
  return {
    name: 'native',
    primitives: primitivesOver(crypto),
    sha256: (message) => crypto.hash('sha256', message, 'buffer'),
    hmacSha256: (key) => {
      if (key.length > blockLength) return (message) => longHmac(crypto, keyFor(key), message);
      return (message) =>
        message.length > shortLength ? longHmac(crypto, keyFor(key), message) : shortHmac(crypto, key, message);
    },
    gcmSeal: (key, iv, aad, plaintext, out, at) => {
      const cipher = crypto.createCipheriv('aes-256-gcm', keyFor(key), iv);
      cipher.setAAD(aad);
      out.set(cipher.update(plaintext), at);
      cipher.final();
      out.set(cipher.getAuthTag(), at + plaintext.length);
    },
    gcmOpen: (key, iv, aad, sealed, from = 0) => {
      const decipher = crypto.createDecipheriv('aes-256-gcm', keyFor(key), iv, options);
      const split = sealed.length - tagLength;
      if (split < from) return undefined;
      decipher.setAAD(aad);
      decipher.setAuthTag(sealed.subarray(split));
      // In two parts when the first is not wanted: a copy of the second would take longer.
      const unwanted = from > 0 ? decipher.update(sealed.subarray(0, from)) : undefined;
      const plaintext = decipher.update(sealed.subarray(from, split));
      unwanted?.fill(0);
      try {
        decipher.final();
      } catch {
        plaintext.fill(0);
        return undefined;
      }
      return plain(plaintext);
    },
  };
}

// All simulations of a process share what one of them has loaded.
const loaders = new WeakMap<typeof nodeCrypto, () => Loading<Primitives>>();

function primitivesOver(crypto: typeof nodeCrypto): () => Loading<Primitives> {
  const known = loaders.get(crypto);
  if (known !== undefined) return known;
  const loader = loadOnce(async () => (await import('./primitives-native.ts')).nativePrimitives(crypto));
  loaders.set(crypto, loader);
  return loader;
}

function longHmac(crypto: typeof nodeCrypto, key: nodeCrypto.CipherKey, message: Uint8Array): Uint8Array {
  return crypto.createHmac('sha256', key).update(message).digest();
}

// FIPS 198-1 section 4, by two one-shot hashes. For a short message what createHmac makes around them costs more than they do.
function shortHmac(crypto: typeof nodeCrypto, key: Uint8Array, message: Uint8Array): Uint8Array {
  const { bytes } = inner;
  for (let i = 0; i < blockLength; i++) {
    const byte = key[i] ?? 0;
    bytes[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  bytes.set(message, blockLength);
  // A text of 32 bytes is made in half the time of a Buffer, and this one is no secret: without the key nothing follows from it.
  const digest = crypto.hash('sha256', inner.first(blockLength + message.length), 'binary');
  for (let i = 0; i < digest.length; i++) outer[blockLength + i] = digest.charCodeAt(i);
  const mac = crypto.hash('sha256', outer, 'buffer');
  bytes.fill(0, 0, blockLength);
  outer.fill(0, 0, blockLength);
  return mac;
}
