// The algorithms of RSA keys, one row each: the scheme with its hash filled in.
// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html (RSA key specs)

import type { EncryptionAlgorithm, SigningAlgorithm } from './algorithms.ts';
import type { RsaHash } from './backend/rsa.ts';
import type { AsymmetricEncryption } from './encryption.ts';
import type { RsaPrivateKey, RsaPublicKey } from './rsa/key.ts';
import { hashLength } from './rsa/mask.ts';
import { decryptOaep, encryptOaep } from './rsa/oaep.ts';
import { signPkcs1, verifyPkcs1 } from './rsa/pkcs1.ts';
import { signPss, verifyPss } from './rsa/pss.ts';
import type { Signing } from './signing.ts';

export { fromPkcs8, fromSpki, grow, RsaPrivateKey, RsaPublicKey, spki, toPkcs8 } from './rsa/key.ts';
export { type RsaKeySpec, type RsaParameters, rsaParameters } from './rsa/parameters.ts';

export type RsaSigningAlgorithm = Extract<SigningAlgorithm, `RSASSA_${string}`>;
export type RsaEncryptionAlgorithm = Extract<EncryptionAlgorithm, `RSAES_${string}`>;

export type RsaEncryption = AsymmetricEncryption<RsaPrivateKey>;

interface Scheme {
  readonly randomLength: number;
  sign(key: RsaPrivateKey, hash: RsaHash, digest: Uint8Array, random: Uint8Array): Uint8Array;
  verify(key: RsaPublicKey, hash: RsaHash, digest: Uint8Array, signature: Uint8Array): boolean;
}

function signing(hash: RsaHash, { randomLength, sign, verify }: Scheme): Signing<RsaPrivateKey> {
  const digest = ({ publicKey }: RsaPrivateKey, message: Uint8Array): Uint8Array =>
    publicKey.primitives.hash(hash, message);
  return {
    randomLength,
    forms: {
      RAW: {
        sign: (key, message, random) => sign(key, hash, digest(key, message), random),
        verify: (key, message, signature) => verify(key.publicKey, hash, digest(key, message), signature),
      },
      DIGEST: {
        length: hashLength[hash],
        sign: (key, message, random) => sign(key, hash, message, random),
        verify: (key, message, signature) => verify(key.publicKey, hash, message, signature),
      },
    },
  };
}

function pkcs1(hash: RsaHash): Signing<RsaPrivateKey> {
  return signing(hash, { randomLength: 0, sign: signPkcs1, verify: verifyPkcs1 });
}

/** The random bytes are the salt. */
function pss(hash: RsaHash): Signing<RsaPrivateKey> {
  return signing(hash, { randomLength: hashLength[hash], sign: signPss, verify: verifyPss });
}

function oaep(hash: RsaHash): RsaEncryption {
  return {
    randomLength: hashLength[hash],
    encrypt: ({ publicKey }, plaintext, random) => encryptOaep(publicKey, hash, plaintext, random),
    decrypt: (key, ciphertext) => decryptOaep(key, hash, ciphertext),
  };
}

export const rsaSignings: Readonly<Record<RsaSigningAlgorithm, Signing<RsaPrivateKey>>> = {
  RSASSA_PKCS1_V1_5_SHA_256: pkcs1('SHA-256'),
  RSASSA_PKCS1_V1_5_SHA_384: pkcs1('SHA-384'),
  RSASSA_PKCS1_V1_5_SHA_512: pkcs1('SHA-512'),
  RSASSA_PSS_SHA_256: pss('SHA-256'),
  RSASSA_PSS_SHA_384: pss('SHA-384'),
  RSASSA_PSS_SHA_512: pss('SHA-512'),
};

export const rsaEncryptions: Readonly<Record<RsaEncryptionAlgorithm, RsaEncryption>> = {
  RSAES_OAEP_SHA_1: oaep('SHA-1'),
  RSAES_OAEP_SHA_256: oaep('SHA-256'),
};
