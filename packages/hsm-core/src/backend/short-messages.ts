// A backend that does short messages in plain TypeScript, and leaves those above to another one: docs/decisions/short-messages.md.

import type { Backend } from './backend.ts';
import { gcmOpen, gcmSeal } from './gcm-plain.ts';
import { hmac } from './sha256.ts';

/** Up to these lengths, in bytes, it is the quicker way. */
export interface ShortLengths {
  /** Additional data once and text twice, because text is hashed and encrypted. */
  readonly gcm: number;
  readonly hmac: number;
}

/** Measured beside node:crypto of Node 20 and 24. */
export const shortBesideNative: ShortLengths = { gcm: 512, hmac: 247 };

export function withShortMessages(backend: Backend, short: ShortLengths): Backend {
  const long = { above: short.hmac, mac: backend.hmacSha256 };
  return {
    ...backend,
    hmacSha256: (key) => hmac('SHA-256', key, long),
    gcmSeal: (key, iv, aad, plaintext, out, at) => {
      const seal = aad.length + 2 * plaintext.length <= short.gcm ? gcmSeal : backend.gcmSeal;
      seal(key, iv, aad, plaintext, out, at);
    },
    gcmOpen: (key, iv, aad, sealed, from) => {
      const open = aad.length + 2 * sealed.length <= short.gcm ? gcmOpen : backend.gcmOpen;
      return open(key, iv, aad, sealed, from);
    },
  };
}
