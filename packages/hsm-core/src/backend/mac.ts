// A keyed message authentication code.

/** HMAC (FIPS 198-1) under one key, ready for many messages. */
export type Mac = (message: Uint8Array) => Uint8Array;

/** One that keeps something of its key. */
export interface KeyedMac extends Mac {
  /** Overwrites what it keeps. From then on its answers are worth nothing. */
  erase?(): void;
}
