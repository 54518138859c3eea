// Which backend serves: the native one where there is one.

import type { Backend } from './backend.ts';
import { nativeBackend } from './native.ts';
import { portableBackend } from './portable.ts';

export type BackendName = Backend['name'];

/** The backend of that name, or the quickest one here. Undefined: asked for native where node:crypto is missing. */
export function chooseBackend(name?: BackendName): Backend | undefined {
  if (name === 'portable') return portableBackend;
  return nativeBackend() ?? (name === 'native' ? undefined : portableBackend);
}
