// The primitives of every family over node:crypto.

import type * as nodeCrypto from 'node:crypto';
import { nativeEc } from './ec-native.ts';
import { loadPortableEc } from './ec-portable.ts';
import { loadNativeEd25519 } from './ed25519-native.ts';
import { nativeHashes } from './hashes-native.ts';
import { nativeHmac } from './hmac-native.ts';
import { nativeKeyWrap } from './key-wrap-native.ts';
import { loadOnce } from './load-once.ts';
import { loadNativePostQuantum } from './post-quantum-native.ts';
import type { Primitives } from './primitives.ts';
import { nativeRsa } from './rsa-native.ts';

export function nativePrimitives(crypto: typeof nodeCrypto): Primitives {
  const points = loadOnce(() => loadPortableEc(nativeHashes(crypto)));
  // Node can be built with an OpenSSL that lacks a curve.
  let ec: ReturnType<typeof nativeEc> | 'not asked' = 'not asked';
  return {
    hmac: nativeHmac(crypto),
    keyWrap: nativeKeyWrap(crypto),
    rsa: nativeRsa(crypto),
    ec: () => {
      if (ec === 'not asked') ec = nativeEc(crypto);
      return ec ?? points();
    },
    sm2: points,
    ed25519: loadOnce(() => loadNativeEd25519(crypto)),
    postQuantum: loadOnce(() => loadNativePostQuantum(crypto)),
  };
}
