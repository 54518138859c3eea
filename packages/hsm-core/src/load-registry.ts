// The registry and the primitives it works over. Whoever only encrypts with symmetric keys never loads them.

import type { Backend } from './backend/backend.ts';
import { loadOnce, type NotLoaded } from './backend/load-once.ts';
import type { Primitives } from './backend/primitives.ts';
import type * as registry from './registry.ts';

export type Registry = typeof registry & { readonly primitives: Primitives };

const rows = loadOnce(() => import('./registry.ts'));

export function registryOver(backend: Backend): Registry | NotLoaded {
  const loaded = rows();
  const primitives = backend.primitives();
  if (loaded instanceof Promise || primitives instanceof Promise) return Promise.all([loaded, primitives]);
  return { ...loaded, primitives };
}
