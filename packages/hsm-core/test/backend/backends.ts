// The backends that every suite runs over.

import type { Backend } from '../../src/backend/backend.ts';
import { nativeBackend } from '../../src/backend/native.ts';
import { portableBackend } from '../../src/backend/portable.ts';

function required(backend: Backend | undefined): Backend {
  if (backend === undefined) throw new Error('Tests run on Node, where node:crypto is always there.');
  return backend;
}

export const native: Backend = required(nativeBackend());
export const portable: Backend = portableBackend;
export const backends: readonly Backend[] = [portable, native];
