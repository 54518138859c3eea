// A certificate and a private key that somebody wrote, as Node reads them.

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** Undefined for what is no certificate in PEM. Of several it is the first. */
export function certificateIn(pem: string): X509Certificate | undefined {
  // Node takes DER as well, and what stands before the first block.
  return pem.includes('-----BEGIN CERTIFICATE-----') ? attempt(() => new X509Certificate(pem)) : undefined;
}

/** Undefined for what is no private key in PEM, or one that asks for a passphrase. */
export function privateKeyIn(pem: string): KeyObject | undefined {
  return attempt(() => createPrivateKey(pem));
}

function attempt<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** First and last instant. */
export function validityOf({ validFrom, validTo }: X509Certificate): { readonly from: number; readonly to: number } {
  return { from: Date.parse(validFrom), to: Date.parse(validTo) };
}
