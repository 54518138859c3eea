// Primitives in pure TypeScript, for browsers and every other place without node:crypto. Those of the other key families are @noble's.

import type { Backend } from './backend.ts';
import { gcmOpen, gcmSeal } from './gcm-plain.ts';
import { loadOnce } from './load-once.ts';
import { digest, hmac } from './sha256.ts';

export const portableBackend: Backend = {
  name: 'portable',
  primitives: loadOnce(async () => (await import('./primitives-portable.ts')).portablePrimitives),
  sha256: (message) => digest('SHA-256', message),
  hmacSha256: (key) => hmac('SHA-256', key),
  gcmSeal,
  gcmOpen,
};
