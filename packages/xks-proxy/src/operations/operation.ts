// What one API of the proxy is: it reads its request, says which usages it needs of a key, and works.

import type { XksFailure } from '../errors.ts';
import type { ExternalKeys } from '../external-keys.ts';
import type { Body } from '../fields.ts';

export interface KeyOperation<Input> {
  read(body: Body): Input | XksFailure;
  /** What a key must be usable for; empty: it may be disabled and of any kind. */
  needs(input: Input): readonly string[];
  run(keys: ExternalKeys, keyId: string, input: Input): object | XksFailure;
}
