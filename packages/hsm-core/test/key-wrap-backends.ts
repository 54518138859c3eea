// The backends that the suites of key wrapping run over.

import * as crypto from 'node:crypto';
import type { KeyWrapPrimitives } from '../src/backend/key-wrap.ts';
import { nativeKeyWrap } from '../src/backend/key-wrap-native.ts';
import { portableKeyWrap } from '../src/backend/key-wrap-portable.ts';

export const native: KeyWrapPrimitives = nativeKeyWrap(crypto);
export const portable: KeyWrapPrimitives = portableKeyWrap;
export const wrapBackends: readonly KeyWrapPrimitives[] = [portable, native];
