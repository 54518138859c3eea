// @kmsim/attestation, an optional dependency: loaded when the first Recipient comes, if it is installed.

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
    if (isMissing(error)) return 'not installed';
    throw error;
  }
}

// Of something that it needs itself the message names that.
function isMissing(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${name}'`);
}
