// Sessions for the tests of PKCS #11.

import type { CloudHsmCluster } from '../../src/cluster.ts';
import { loadPkcs11, type Pkcs11Library, type Pkcs11Options } from '../../src/pkcs11/library.ts';
import { ok } from '../../src/pkcs11/return-codes.ts';
import type { Pkcs11Session } from '../../src/pkcs11/session.ts';
import { bytes, launched, passwords } from '../clusters.ts';

/** Bytes that are new with every draw, and the same on every run. */
export function draws(): (length: number) => Uint8Array {
  let count = 0;
  return (length) => bytes(length, 17 * count++ + 3);
}

export interface Token {
  readonly cluster: CloudHsmCluster;
  readonly library: Pkcs11Library;
  readonly session: Pkcs11Session;
}

export async function token(
  change: Partial<Pkcs11Options> = {},
  cluster: CloudHsmCluster = launched(),
): Promise<Token> {
  const library = await loadPkcs11(cluster, { client: 'app', random: draws(), ...change });
  const session = ok(library.openSession());
  ok(session.login('CKU_USER', `alice:${passwords.alice}`));
  return { cluster, library, session };
}

/** Everything that a secret key may do. */
export const everything = {
  CKA_ENCRYPT: true,
  CKA_DECRYPT: true,
  CKA_WRAP: true,
  CKA_UNWRAP: true,
  CKA_SIGN: true,
  CKA_VERIFY: true,
} as const;
export const publicUse = { CKA_ENCRYPT: true, CKA_VERIFY: true, CKA_WRAP: true } as const;
export const privateUse = { CKA_DECRYPT: true, CKA_SIGN: true, CKA_UNWRAP: true, CKA_EXTRACTABLE: true } as const;

export const aes = { CKA_CLASS: 'CKO_SECRET_KEY', CKA_KEY_TYPE: 'CKK_AES', ...everything } as const;
export const generic = {
  CKA_CLASS: 'CKO_SECRET_KEY',
  CKA_KEY_TYPE: 'CKK_GENERIC_SECRET',
  CKA_SIGN: true,
  CKA_VERIFY: true,
} as const;
