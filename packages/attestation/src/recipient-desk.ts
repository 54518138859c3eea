// The desk where a document is shown, and from where answers go to whom it is about: all that a key service needs.

import { bytesToHex } from '@noble/hashes/utils.js';
import { sealAnswer } from './answer.ts';
import { TestAuthority } from './authority.ts';
import type { DocumentKind } from './document.ts';
import { AttestationFault, fault } from './fault.ts';
import { readRecipientKey } from './recipient-key.ts';
import { AttestationVerifier } from './verifier.ts';

/** Somebody whose document is good. */
export interface Admitted {
  readonly kind: DocumentKind;
  readonly moduleId: string;
  /** Registers by number, in lower-case hexadecimal digits. */
  readonly pcrs: ReadonlyMap<number, string>;
  /** CiphertextForRecipient: what only the recipient can read. */
  seal(plaintext: Uint8Array, random: Uint8Array): Uint8Array;
}

export class RecipientDesk {
  readonly #verifier: AttestationVerifier;

  /** Roots as DER. */
  constructor(roots: readonly Uint8Array[]) {
    this.#verifier = new AttestationVerifier(roots);
  }

  /** The recipient, when the document is good at that instant and names a key. */
  admit(bytes: Uint8Array, at: number): Admitted | AttestationFault {
    const document = this.#verifier.verify(bytes, at);
    if (document instanceof AttestationFault) return document;
    const { kind, moduleId, publicKey } = document;
    if (publicKey === undefined) return fault('invalid public key', 'The document has no public_key.');
    const key = readRecipientKey(publicKey);
    if (key instanceof AttestationFault) return key;
    const pcrs = new Map([...document.pcrs].map(([index, pcr]) => [index, bytesToHex(pcr)] as const));
    return { kind, moduleId, pcrs, seal: (plaintext, random) => sealAnswer(key, plaintext, random) };
  }
}

/** A desk that trusts these roots, as DER, and the test authority of the secret. */
export function openDesk(roots: readonly Uint8Array[], secret: Uint8Array): RecipientDesk {
  return new RecipientDesk([new TestAuthority(secret).root, ...roots]);
}
