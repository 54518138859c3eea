// The hash functions that signatures and nonces are made with.

/** FIPS 180-4 and, for SM3, GB/T 32905. */
export type HashName = 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SM3';

export interface Hash {
  /** Bytes of a digest. */
  readonly length: number;
  /** Bytes the compression function takes, which is what HMAC pads a key to. */
  readonly blockLength: number;
  digest(message: Uint8Array): Uint8Array;
  /** Writes the digest into `out` at `at`. */
  digestInto(message: Uint8Array, out: Uint8Array, at: number): void;
}

export type Hashes = Readonly<Record<HashName, Hash>>;
