// Runs the signature files of Wycheproof through a verification.

import type { RsaHash, RsaPrimitives } from '../../src/backend/rsa.ts';
import { fromSpki, type RsaPublicKey } from '../../src/rsa.ts';
import { groupsOf, type Vector } from '../published-vectors.ts';
import { fromHex } from './backends.ts';

interface SignatureVector extends Vector {
  readonly msg: string;
  readonly sig: string;
}

interface SignatureGroup {
  readonly publicKeyDer: string;
  readonly sha: RsaHash;
  readonly tests: readonly SignatureVector[];
}

type Verify = (key: RsaPublicKey, hash: RsaHash, digest: Uint8Array, signature: Uint8Array) => boolean;

/** How many vectors there are, and those whose verdict is another: only what is valid verifies, nothing that is merely acceptable. */
export function failedSignatures(
  file: string,
  backend: RsaPrimitives,
  verify: Verify,
): { readonly count: number; readonly failed: readonly string[] } {
  let count = 0;
  const failed: string[] = [];
  for (const { publicKeyDer, sha, tests } of groupsOf<SignatureGroup>(file)) {
    const key = fromSpki(fromHex(publicKeyDer), backend);
    if (key === undefined) throw new Error(`${file}: a public key is refused.`);
    for (const { tcId, comment, msg, sig, result } of tests) {
      count++;
      const verified = verify(key, sha, backend.hash(sha, fromHex(msg)), fromHex(sig));
      if (verified !== (result === 'valid')) failed.push(`${tcId} ${comment}`);
    }
  }
  return { count, failed };
}
