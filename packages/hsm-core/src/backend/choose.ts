// Which backend serves: the native one where there is one, but for short messages.

import type { Backend } from './backend.ts';
import { nativeBackend } from './native.ts';
import { portableBackend } from './portable.ts';
import { shortBesideNative, withShortMessages } from './short-messages.ts';

export type BackendName = Backend['name'];

/** The backend of that name, or the quickest one here. Undefined: asked for native where node:crypto is missing. */
export function chooseBackend(name?: BackendName): Backend | undefined {
  if (name === 'portable') return portableBackend;
  const native = nativeBackend();
  if (native !== undefined) return withShortMessages(native, shortBesideNative);
  return name === 'native' ? undefined : portableBackend;
}
