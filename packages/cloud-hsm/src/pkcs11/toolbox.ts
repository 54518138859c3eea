// What the mechanisms work with: primitives, random bytes, and key pairs read out of their stored form once.

import type { Backend } from '@kmsim/hsm-core';
import {
  type Curve,
  curves,
  EccPrivateKey,
  type EcPrimitives,
  eccFromPkcs8,
  type RsaPrimitives,
  RsaPrivateKey,
  RsaPublicKey,
  readSpki,
  rsaFromPkcs8,
  rsaFromSpki,
  rsaParameters,
} from '@kmsim/hsm-core/mechanisms';
import type { StoredKey } from '../keys/stored-key.ts';

/** The next random bytes. */
export type Draw = (length: number) => Uint8Array;

/** A point of a curve with the curve: the public half of an EC key pair. */
export interface EcPublicKey {
  readonly curve: Curve;
  readonly point: Uint8Array;
}

// SM2 is for China, and no curve of CloudHSM.
const { SM2: _, ...offered } = curves;
export const offeredCurves: readonly Curve[] = Object.values(offered);

export class Toolbox {
  readonly backend: Backend;
  readonly rsa: RsaPrimitives;
  readonly ec: EcPrimitives;
  readonly draw: Draw;

  constructor(backend: Backend, rsa: RsaPrimitives, ec: EcPrimitives, draw: Draw) {
    this.backend = backend;
    this.rsa = rsa;
    this.ec = ec;
    this.draw = (length) => {
      const drawn = draw(length);
      if (drawn.length !== length) throw new RangeError(`${length} random bytes were asked for.`);
      // A copy, which is overwritten after use: the caller's bytes stay what they are.
      return new Uint8Array(drawn);
    };
  }

  rsaPrivateKey({ secret }: StoredKey): RsaPrivateKey {
    const key = secret.derived(() => readable(this.readRsa(secret.bytes())));
    if (!(key instanceof RsaPrivateKey)) throw new Error('The object is no RSA private key.');
    return key;
  }

  ecPrivateKey({ secret }: StoredKey): EccPrivateKey {
    const key = secret.derived(() => readable(this.readEc(secret.bytes())));
    if (!(key instanceof EccPrivateKey)) throw new Error('The object is no EC private key.');
    return key;
  }

  rsaPublicKey({ secret }: StoredKey): RsaPublicKey {
    const key = rsaFromSpki(secret.bytes(), this.rsa);
    if (!(key instanceof RsaPublicKey)) throw new Error('The object is no RSA public key.');
    return key;
  }

  ecPublicKey({ secret }: StoredKey): EcPublicKey {
    const info = readSpki(secret.bytes());
    const curve = typeof info === 'string' ? undefined : offeredCurves.find((one) => one.algorithm === info.algorithm);
    if (curve === undefined || typeof info === 'string') throw new Error('The object is no EC public key.');
    return { curve, point: info.publicKey };
  }

  /** Undefined for what is no PKCS #8 of an RSA key of an offered size. */
  readRsa(pkcs8: Uint8Array): RsaPrivateKey | undefined {
    for (const parameters of Object.values(rsaParameters)) {
      const key = rsaFromPkcs8(pkcs8, parameters, this.rsa);
      if (key instanceof RsaPrivateKey) return key;
    }
    return undefined;
  }

  /** Undefined for what is no PKCS #8 of a key on an offered curve. */
  readEc(pkcs8: Uint8Array): EccPrivateKey | undefined {
    for (const curve of offeredCurves) {
      const key = eccFromPkcs8(pkcs8, curve, this.ec);
      if (key instanceof EccPrivateKey) return key;
    }
    return undefined;
  }
}

// It was read before it was stored.
function readable<Key>(key: Key | undefined): Key {
  if (key === undefined) throw new Error('The object is no private key.');
  return key;
}
