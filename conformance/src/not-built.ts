// What the replayer cannot play yet: cryptography on the client's side of a transcript.

import type { Transcript } from './transcript.ts';

const forms: Readonly<Record<string, string>> = {
  $rsaOaepWrap: 'wrapping key material with RSA-OAEP outside KMS',
  $rsaAesKeyWrap: 'wrapping key material with RSA-AES outside KMS',
  $verifiesLocally: 'verifying a signature outside KMS',
  $ecdh: 'agreeing on a secret outside KMS',
};

const makes: Readonly<Record<string, string>> = {
  keyPair: 'making a key pair outside KMS',
  rsaOaepEncrypt: 'encrypting with RSA-OAEP outside KMS',
};

/** Forms that transcripts use and the replayer only knows by name. */
export const unbuiltForms: readonly string[] = Object.keys(forms);

/** Kinds of `make` that the replayer only knows by name. */
export const unbuiltMakes: readonly string[] = Object.keys(makes);

/** The first thing the transcript needs that is not built, in the order of its steps. */
export function firstUnbuilt(transcript: Transcript): string | undefined {
  for (const step of transcript.steps) {
    const made = 'make' in step ? unbuiltMakes.find((kind) => Object.hasOwn(step.make, kind)) : undefined;
    const what = made === undefined ? unbuiltForm(step) : makes[made];
    if (what !== undefined) return what;
  }
  return undefined;
}

function unbuiltForm(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    const found = forms[name] ?? unbuiltForm(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
