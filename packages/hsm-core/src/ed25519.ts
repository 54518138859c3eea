// Ed25519 keys: RFC 8032 section 5.1, FIPS 186-5 section 7. Signatures are R ‖ S, 64 bytes.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html (SigningAlgorithm, MessageType)

import { equalBytes } from '@noble/curves/utils.js';
import type { SigningAlgorithm } from './algorithms.ts';
import type { EdPrimitives, EdSigner } from './backend/ed25519.ts';
import { type KeyFault, readPkcs8Of } from './der/expected-key.ts';
import { keyAlgorithms } from './der/key-algorithms.ts';
import { readCurvePrivateKey, writeCurvePrivateKey } from './der/private-key.ts';
import { writePkcs8, writeSpki } from './der.ts';
import type { Signing } from './signing.ts';

const { Ed25519 } = keyAlgorithms;
const seedLength = 32;

/** The private key is private: neither inspection nor JSON nor a structured clone shows it. */
export class Ed25519PrivateKey {
  readonly primitives: EdPrimitives;
  readonly publicKey: Uint8Array;
  readonly #seed: Uint8Array;
  readonly #pure: EdSigner;
  #prehashed: EdSigner | undefined;

  /** `seed`: 32 bytes. The key keeps them. */
  constructor(seed: Uint8Array, primitives: EdPrimitives) {
    this.primitives = primitives;
    this.#seed = seed;
    this.#pure = primitives.pure.signer(seed);
    this.publicKey = this.#pure.publicKey;
  }

  pure(): EdSigner {
    return this.#pure;
  }

  prehashed(): EdSigner {
    this.#prehashed ??= this.primitives.prehashed.signer(this.#seed);
    return this.#prehashed;
  }

  /** The 32 bytes of RFC 8032 section 5.1.5, to be read only. */
  seed(): Uint8Array {
    return this.#seed;
  }

  /** Overwrites the private key. JavaScript cannot promise that no copy is left. */
  erase(): void {
    this.#seed.fill(0);
    this.#pure.erase();
    this.#prehashed?.erase();
  }
}

/** The seed is the private key of RFC 8032. */
export function grow(seed: Uint8Array, primitives: EdPrimitives): Ed25519PrivateKey {
  return new Ed25519PrivateKey(Uint8Array.from(seed), primitives);
}

/** RFC 8410 section 7. A public key that comes with the private one belongs to it. */
export function fromPkcs8(der: Uint8Array, primitives: EdPrimitives): Ed25519PrivateKey | KeyFault {
  const info = readPkcs8Of(Ed25519, der);
  if (typeof info === 'string') return info;
  const seed = readCurvePrivateKey(info.privateKey);
  if (seed?.length !== seedLength) return 'malformed';
  const key = grow(seed, primitives);
  if (info.publicKey === undefined || equalBytes(info.publicKey, key.publicKey)) return key;
  key.erase();
  return 'malformed';
}

export function toPkcs8(key: Ed25519PrivateKey): Uint8Array {
  return writePkcs8(Ed25519, writeCurvePrivateKey(key.seed()));
}

export function spki({ publicKey }: Ed25519PrivateKey): Uint8Array {
  return writeSpki(Ed25519, publicKey);
}

// RFC 8032 section 5.1: PH(M) of Ed25519ph is SHA-512. KMS applies it to the digest that it is given, so the message is hashed twice.
const prehash = ({ primitives }: Ed25519PrivateKey, digest: Uint8Array): Uint8Array => primitives.sha512.digest(digest);

/** Neither takes the other's message type: a digest is no message of Ed25519, a whole message none of Ed25519ph. */
export const ed25519Signings: Readonly<
  Record<Extract<SigningAlgorithm, `ED25519_${string}`>, Signing<Ed25519PrivateKey>>
> = {
  ED25519_SHA_512: {
    randomLength: 0,
    forms: {
      RAW: {
        sign: (key, message) => key.pure().sign(message),
        verify: (key, message, signature) => key.pure().verify(message, signature),
      },
    },
  },
  ED25519_PH_SHA_512: {
    randomLength: 0,
    forms: {
      DIGEST: {
        length: 64,
        sign: (key, digest) => key.prehashed().sign(prehash(key, digest)),
        verify: (key, digest, signature) => key.prehashed().verify(prehash(key, digest), signature),
      },
    },
  },
};
