// Hashes in pure TypeScript: SHA-2 of @noble/hashes and our SM3.

import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import type { Hash, Hashes } from './hashes.ts';
import { sm3 } from './sm3.ts';

function sha2(hash: CHash): Hash {
  return {
    length: hash.outputLen,
    blockLength: hash.blockLen,
    digest: (message) => hash(message),
    digestInto: (message, out, at) => out.set(hash(message), at),
  };
}

export const portableHashes: Hashes = {
  'SHA-224': sha2(sha224),
  'SHA-256': sha2(sha256),
  'SHA-384': sha2(sha384),
  'SHA-512': sha2(sha512),
  SM3: sm3,
};
