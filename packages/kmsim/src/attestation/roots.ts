// The option `attestation`: root certificates, as PEM or DER.

import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Forms, listOf } from '../option-forms.ts';

const page = 'docs/nitro-enclaves.md';

export interface AttestationRoots {
  /** Who may sign attestation documents, beside the simulation's own authority: PEM with one or more certificates, or DER of one. */
  readonly roots: readonly (string | Uint8Array)[];
}

const forms: Forms<AttestationRoots> = {
  roots: listOf((item) => typeof item === 'string' || item instanceof Uint8Array, 'certificates, as PEM or DER'),
};

const block = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]*)-----END CERTIFICATE-----/g;

/** The certificates as DER. What they are made of is read when the first document comes: the library for that loads when it is used. */
export function rootsOf(given: AttestationRoots | undefined): readonly Uint8Array[] {
  if (given === undefined) return [];
  checkOptions('attestation', given, forms, page);
  return (given.roots ?? []).flatMap((root, index) => {
    const certificates =
      typeof root === 'string' ? [...root.matchAll(block)].map(([, text = '']) => fromBase64(text)) : [root];
    if (certificates.length === 0 || !certificates.every(isElement))
      throw new KmsimError(
        'InvalidOption',
        `attestation: roots[${index}] is no certificate, neither as PEM nor as DER.`,
        { page },
      );
    return certificates.map((der) => Uint8Array.from(der));
  });
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

// A SEQUENCE with a length of two octets, as every certificate is, and nothing behind it. X.690 section 8.1.3.5
function isElement(der: Uint8Array): boolean {
  const [tag, form, high = 0, low = 0] = der;
  return tag === 0x30 && form === 0x82 && der.length === 4 + high * 256 + low;
}
