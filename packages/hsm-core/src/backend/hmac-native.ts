// HMAC from node:crypto.

import type * as nodeCrypto from 'node:crypto';
import { plain } from './buffers.ts';
import { openSslHashes } from './hashes-native.ts';
import type { HmacPrimitives } from './hmac.ts';

export function nativeHmac(crypto: typeof nodeCrypto): HmacPrimitives {
  return {
    name: 'native',
    hmac: (hash, key) => {
      const algorithm = openSslHashes[hash];
      // Node 24 takes 10 us longer for raw keys.
      const prepared = crypto.createSecretKey(key);
      return (message) => plain(crypto.createHmac(algorithm, prepared).update(message).digest());
    },
  };
}
