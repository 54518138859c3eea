// A keyed message authentication code.

/** HMAC (FIPS 198-1) under one key, ready for many messages. */
export interface Mac {
  (message: Uint8Array): Uint8Array;
  /** Overwrites what was prepared of the key. Absent where nothing was: then the key itself is all there is. */
  erase?(): void;
}
