// A keyed message authentication code.

/** HMAC (FIPS 198-1) under one key, ready for many messages. */
export type Mac = (message: Uint8Array) => Uint8Array;
