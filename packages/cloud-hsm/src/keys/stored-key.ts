// An object in the HSMs of a cluster: its attributes, its secret, and which HSMs have a copy.

import type { Attributes } from './attributes.ts';
import type { Secret } from './secret.ts';

/** In this package only. */
export interface StoredKey {
  /** Unique in the cluster, and in no other cluster. */
  readonly id: string;
  readonly handle: number;
  /** The crypto user who made it. */
  readonly owner: string;
  /** Other crypto users who may use it. */
  readonly sharedWith: ReadonlySet<string>;
  readonly attributes: Attributes;
  /**
   * The copies are alike bit by bit, so one buffer stands for all of them: it is overwritten when the last HSM has lost its copy.
   * AES and generic secrets are the bytes themselves, private keys PKCS #8, public keys SubjectPublicKeyInfo.
   */
  readonly secret: Secret;
}
