// What kms needs of the library that reads attestation documents, @kmsim/attestation. It is there only where somebody installed it, and loads
// when the first Recipient comes: kms knows it by this shape alone.

import type { Instant } from '../state/records.ts';

/** Somebody whose document is good. */
export interface AttestedRecipient {
  readonly kind: 'enclave' | 'nitrotpm';
  readonly moduleId: string;
  /** Platform configuration registers by their number, in lower-case hexadecimal digits. */
  readonly pcrs: ReadonlyMap<number, string>;
  /** CiphertextForRecipient: what only the recipient can read. */
  seal(plaintext: Uint8Array, random: Uint8Array): Uint8Array;
}

/** Why a document is refused: a sentence in which nothing of the document stands. */
export interface AttestationRefusal {
  readonly detail: string;
}

export interface RecipientDesk {
  admit(document: Uint8Array, at: Instant): AttestedRecipient | AttestationRefusal;
}

export interface AttestationLibrary {
  /** Random bytes that `seal` takes. */
  readonly answerRandomLength: number;
  /** Trusts these roots, as DER, and the authority that is made of the secret. */
  openDesk(roots: readonly Uint8Array[], secret: Uint8Array): RecipientDesk;
}

export interface AttestationOptions {
  /** The library; a promise while it loads, and when it has loaded not a promise any more. */
  readonly load: () => AttestationLibrary | 'not installed' | Promise<unknown>;
  /** Roots of trust as DER, beside the simulation's own. */
  readonly roots: readonly Uint8Array[];
}
