// Key agreement: SP 800-56A section 5.7.1.2, ECC CDH. The curves have cofactor 1. The shared secret is the x coordinate itself, no KDF follows.

import { readSpki } from '../der.ts';
import type { PeerFault } from '../encryption.ts';
import type { EccPrivateKey } from './key.ts';
import { hasPointForm } from './point.ts';

/**
 * The secret shared with the owner of a public key: a SubjectPublicKeyInfo (RFC 5480) that names the same curve. Explicit parameters are
 * refused, and so is what is no point of the curve (SP 800-56A section 5.6.2.3.3).
 */
export function deriveSharedSecret(key: EccPrivateKey, peer: Uint8Array): Uint8Array | PeerFault {
  const info = readSpki(peer);
  if (info === 'malformed') return 'malformed';
  if (info === 'unknown algorithm' || info.algorithm !== key.curve.algorithm) return 'wrong curve';
  if (!hasPointForm(key.curve, info.publicKey)) return 'malformed';
  return key.agree(info.publicKey) ?? 'malformed';
}
