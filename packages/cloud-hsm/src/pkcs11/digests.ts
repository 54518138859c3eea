// Hash functions by mechanism.

import { portableHashes, type RsaHash } from '@kmsim/hsm-core/mechanisms';
import type { DigestMechanism } from './mechanisms.ts';
import type { Toolbox } from './toolbox.ts';

type Digest = (tools: Toolbox, message: Uint8Array) => Uint8Array;

const sha2 = (name: 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'): Digest => {
  const hash = portableHashes[name];
  return (_tools, message) => hash.digest(message);
};

export const digests: Readonly<Record<DigestMechanism, Digest>> = {
  CKM_SHA_1: ({ rsa }, message) => rsa.hash('SHA-1', message),
  CKM_SHA224: sha2('SHA-224'),
  CKM_SHA256: sha2('SHA-256'),
  CKM_SHA384: sha2('SHA-384'),
  CKM_SHA512: sha2('SHA-512'),
};

/** The hashes of RSA paddings. */
export const rsaHashes: Readonly<Partial<Record<DigestMechanism, RsaHash>>> = {
  CKM_SHA_1: 'SHA-1',
  CKM_SHA256: 'SHA-256',
  CKM_SHA384: 'SHA-384',
  CKM_SHA512: 'SHA-512',
};
