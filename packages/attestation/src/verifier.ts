// Verifies attestation documents: the signature, the path to a trusted root, the instant.

import { readSign1 } from './cose-sign1.ts';
import { type AttestationDocument, readDocument } from './document.ts';
import { AttestationFault, fault } from './fault.ts';
import { SignatureVerifier } from './p384.ts';
import { checkPath, checkTime, readPath } from './path.ts';

/** What the envelope says, believed by nobody yet. */
export function parseDocument(bytes: Uint8Array): AttestationDocument | AttestationFault {
  const envelope = readSign1(bytes);
  return envelope instanceof AttestationFault ? envelope : readDocument(envelope.payload);
}

export class AttestationVerifier {
  /** As DER. */
  readonly roots: readonly Uint8Array[];
  readonly #signatures = new SignatureVerifier();

  constructor(roots: readonly Uint8Array[]) {
    this.roots = roots;
  }

  /** The document, when everything about it is as it must be at that instant: milliseconds since the epoch. */
  verify(bytes: Uint8Array, at: number): AttestationDocument | AttestationFault {
    const envelope = readSign1(bytes);
    if (envelope instanceof AttestationFault) return envelope;
    const document = readDocument(envelope.payload);
    if (document instanceof AttestationFault) return document;
    const path = readPath(document);
    if (path instanceof AttestationFault) return path;
    const wrong = checkPath(path, this.roots, this.#signatures);
    if (wrong !== undefined) return wrong;
    if (!this.#signatures.isGood(path.leaf.publicPoint, envelope.signed, envelope.signature, 'compact'))
      return fault('invalid signature', 'The document is not signed by the key of its certificate.');
    return checkTime(path, at) ?? document;
  }
}
