// HMAC from node:crypto. Of a short message by two one-shot hashes: what createHmac makes around them takes as long as they do.

import type * as nodeCrypto from 'node:crypto';
import { Scratch } from '../scratch.ts';
import { plain } from './buffers.ts';
import { openSslHashes } from './hashes-native.ts';
import { portableHashes } from './hashes-portable.ts';
import type { HmacHash, HmacPrimitives } from './hmac.ts';
import type { KeyedMac, Mac } from './mac.ts';
import { hmac } from './sha256.ts';
import { shortBesideNative } from './short-messages.ts';

/** Beyond it copying the message costs more than it saves. */
const shortLength = 1024;

export function nativeHmac(crypto: typeof nodeCrypto): HmacPrimitives {
  const makers = new Map<HmacHash, (key: Uint8Array) => KeyedMac>();
  const openSsl = (hash: HmacHash, key: Uint8Array): KeyedMac => {
    const long = longHmac(crypto, hash, key);
    if (key.length > portableHashes[hash].blockLength) return long;
    const maker = makers.get(hash) ?? shortHmac(crypto, hash);
    makers.set(hash, maker);
    const short = maker(key);
    const mac = (message: Uint8Array): Uint8Array => (message.length > shortLength ? long : short)(message);
    return Object.assign(mac, { erase: () => short.erase?.() });
  };
  return {
    name: 'native',
    hmac: (hash, key) => {
      // Two of the four hashes are in plain TypeScript, and quicker there for short messages.
      if (hash !== 'SHA-224' && hash !== 'SHA-256') return openSsl(hash, key);
      return hmac(hash, key, { above: shortBesideNative.hmac, mac: (kept) => openSsl(hash, kept) });
    },
  };
}

function longHmac(crypto: typeof nodeCrypto, hash: HmacHash, key: Uint8Array): Mac {
  const algorithm = openSslHashes[hash];
  // Node 24 takes 10 us longer for raw keys.
  const prepared = crypto.createSecretKey(key);
  return (message) => plain(crypto.createHmac(algorithm, prepared).update(message).digest());
}

/** FIPS 198-1 section 4, for keys no longer than a block. */
function shortHmac(crypto: typeof nodeCrypto, hash: HmacHash): (key: Uint8Array) => KeyedMac {
  const algorithm = openSslHashes[hash];
  const { blockLength, length } = portableHashes[hash];
  // One message uses these at a time: nothing in here waits.
  const inner = new Scratch(blockLength + shortLength);
  const outer = new Uint8Array(blockLength + length);
  const padded = (key: Uint8Array, pad: number): Uint8Array =>
    Uint8Array.from({ length: blockLength }, (_, at) => (key[at] ?? 0) ^ pad);
  return (key) => {
    const [innerKey, outerKey] = [padded(key, 0x36), padded(key, 0x5c)];
    const mac = (message: Uint8Array): Uint8Array => {
      inner.bytes.set(innerKey);
      inner.bytes.set(message, blockLength);
      // A text is made in half the time of a Buffer, and this one is no secret: without the key nothing follows from it.
      const digest = crypto.hash(algorithm, inner.first(blockLength + message.length), 'binary');
      outer.set(outerKey);
      for (let i = 0; i < length; i++) outer[blockLength + i] = digest.charCodeAt(i);
      const text = crypto.hash(algorithm, outer, 'binary');
      inner.bytes.fill(0, 0, blockLength);
      outer.fill(0, 0, blockLength);
      const result = new Uint8Array(length);
      for (let i = 0; i < length; i++) result[i] = text.charCodeAt(i);
      return result;
    };
    const erase = (): void => {
      innerKey.fill(0);
      outerKey.fill(0);
    };
    return Object.assign(mac, { erase });
  };
}
