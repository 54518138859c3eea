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

interface Run {
  readonly hash: RsaHash;
  readonly all: readonly SignatureVector[];
  readonly failed: readonly string[];
}

/** All vectors of a file, and those whose verdict is another: only what is valid verifies, nothing that is merely acceptable. */
export function runSignatures(file: string, backend: RsaPrimitives, verify: Verify): Run {
  const failed: string[] = [];
  const groups = groupsOf<SignatureGroup>(file);
  const [hash, ...others] = new Set(groups.map(({ sha }) => sha));
  if (hash === undefined || others.length > 0) throw new Error(`${file}: one hash is expected.`);
  for (const { publicKeyDer, tests } of groups) {
    const key = fromSpki(fromHex(publicKeyDer), backend);
    if (key === undefined) throw new Error(`${file}: a public key is refused.`);
    for (const { tcId, comment, msg, sig, result } of tests) {
      const verified = verify(key, hash, backend.hash(hash, fromHex(msg)), fromHex(sig));
      if (verified !== (result === 'valid')) failed.push(`${tcId} ${comment}`);
    }
  }
  return { hash, all: groups.flatMap(({ tests }) => tests), failed };
}
