// @kmsim/attestation, an optional dependency: loaded when the first Recipient comes, if it is installed.

import { isMissing } from '../optional-package.ts';

export type AttestationModule = typeof import('@kmsim/attestation');
type Loaded = AttestationModule | 'not installed';

const name = '@kmsim/attestation';

let loading: Loaded | Promise<Loaded> | undefined;

/** A promise while it loads, and from then on the thing itself. What failed is tried again. */
export function loadAttestation(): Loaded | Promise<Loaded> {
  loading ??= load().then(
    (loaded) => {
      loading = loaded;
      return loaded;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

async function load(): Promise<Loaded> {
  try {
    return await import('@kmsim/attestation');
  } catch (error) {
    if (isMissing(error, name)) return 'not installed';
    throw error;
  }
}
