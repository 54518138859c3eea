// How imported key material comes in: wrapped under an RSA key, alone or through an AES key of its own. SP 800-56B section 9, RFC 5649.
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html (wrapping algorithms)

import type { KeyWrapPrimitives } from './backend/key-wrap.ts';
import { type RsaEncryption, type RsaEncryptionAlgorithm, type RsaPrivateKey, rsaEncryptions } from './rsa.ts';

export type RsaWrappingAlgorithm = RsaEncryptionAlgorithm | 'RSA_AES_KEY_WRAP_SHA_1' | 'RSA_AES_KEY_WRAP_SHA_256';

/** The material, or undefined: wrapped otherwise, under another key, damaged, truncated. Nothing tells which. */
export type Unwrap = (
  wrappingKey: RsaPrivateKey,
  wrapped: Uint8Array,
  primitives: KeyWrapPrimitives,
) => Uint8Array | undefined;

const kekLength = 32;

function directly({ decrypt }: RsaEncryption): Unwrap {
  return decrypt;
}

// PKCS #11 section 6.1.9, CKM_RSA_AES_KEY_WRAP: the AES key under OAEP, as long as the modulus, and the material under the AES key.
function throughAesKey({ decrypt }: RsaEncryption): Unwrap {
  return (wrappingKey, wrapped, { unwrap }) => {
    const { length } = wrappingKey.publicKey;
    const kek = decrypt(wrappingKey, wrapped.subarray(0, length));
    const material = kek?.length === kekLength ? unwrap(kek, wrapped.subarray(length)) : undefined;
    kek?.fill(0);
    return material;
  };
}

export const unwraps: Readonly<Record<RsaWrappingAlgorithm, Unwrap>> = {
  RSAES_OAEP_SHA_1: directly(rsaEncryptions.RSAES_OAEP_SHA_1),
  RSAES_OAEP_SHA_256: directly(rsaEncryptions.RSAES_OAEP_SHA_256),
  RSA_AES_KEY_WRAP_SHA_1: throughAesKey(rsaEncryptions.RSAES_OAEP_SHA_1),
  RSA_AES_KEY_WRAP_SHA_256: throughAesKey(rsaEncryptions.RSAES_OAEP_SHA_256),
};
