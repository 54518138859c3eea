// A PKCS#8 in which a key of one algorithm is expected.

import { type PrivateKeyInfo, readPkcs8 } from '../der.ts';
import type { KeyAlgorithm } from './key-algorithms.ts';

/** Why it gives no such key: it is damaged or contradicts itself, or it holds a key of another kind. */
export type KeyFault = 'malformed' | 'wrong key spec';

export function readPkcs8Of(algorithm: KeyAlgorithm, der: Uint8Array): PrivateKeyInfo | KeyFault {
  const info = readPkcs8(der);
  if (info === 'malformed') return 'malformed';
  return info === 'unknown algorithm' || info.algorithm !== algorithm ? 'wrong key spec' : info;
}
