// What HMAC keys need from below.

import type { HashName } from './hashes.ts';
import type { KeyedMac } from './mac.ts';

export type HmacHash = Exclude<HashName, 'SM3'>;

export interface HmacPrimitives {
  readonly name: 'portable' | 'native';
  /** HMAC (FIPS 198-1) under `key`, ready for many messages. */
  hmac(hash: HmacHash, key: Uint8Array): KeyedMac;
}
