// What a call raises when a library it needs is not there yet: nothing has changed, and the call passes the corridor again.

import type { NotLoaded } from '@kmsim/hsm-core';

/** No error of KMS and never seen by a caller. */
export class Loading {
  readonly library: NotLoaded;

  constructor(library: NotLoaded) {
    this.library = library;
  }
}

/** The value, once its library is there. */
export function loaded<Value>(value: Value | NotLoaded): Value {
  if (value instanceof Promise) throw new Loading(value);
  return value;
}
