// Hashes by the names they have in KMS algorithms.

import { createHash } from 'node:crypto';
import { TranscriptError } from '../transcript.ts';
import { show } from '../values.ts';

const names: Readonly<Record<string, string>> = {
  SHA_1: 'sha1',
  SHA_224: 'sha224',
  SHA_256: 'sha256',
  SHA_384: 'sha384',
  SHA_512: 'sha512',
};

/** The name that node:crypto knows. */
export function hashName(name: unknown): string {
  const found = typeof name === 'string' && Object.hasOwn(names, name) ? names[name] : undefined;
  if (found === undefined) throw new TranscriptError(`no hash ${show(name)}`);
  return found;
}

export function digest(name: unknown, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash(hashName(name));
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
