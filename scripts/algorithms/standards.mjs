// The standard behind each algorithm of KMS, as it is implemented.

const pkcs1 = 'RSASSA-PKCS1-v1_5, RFC 8017 section 8.2';
const pss = 'RSASSA-PSS, RFC 8017 section 8.1; MGF1 with the same hash, the salt as long as a hash value';
const oaep = 'RSAES-OAEP, RFC 8017 section 7.1; MGF1 with the same hash, no label';
const wrap = 'AES-256 key wrap with padding, RFC 5649, under a key that RSAES-OAEP carries; import of key material';
const ecdsa = 'ECDSA, FIPS 186-5 section 6.4, nonces of RFC 6979; DER, RFC 3279 section 2.2.3';
const hmac = 'HMAC, FIPS 198-1, never cut';

export const standards = {
  SYMMETRIC_DEFAULT: 'AES-256-GCM, SP 800-38D, under a key for each message by SP 800-108r1 section 4.1',
  RSAES_OAEP_SHA_1: oaep,
  RSAES_OAEP_SHA_256: oaep,
  RSA_AES_KEY_WRAP_SHA_1: wrap,
  RSA_AES_KEY_WRAP_SHA_256: wrap,
  SM2PKE: 'SM2 encryption, GB/T 32918.4; DER with the hash before the text, GM/T 0009 section 7.2',
  RSASSA_PKCS1_V1_5_SHA_256: pkcs1,
  RSASSA_PKCS1_V1_5_SHA_384: pkcs1,
  RSASSA_PKCS1_V1_5_SHA_512: pkcs1,
  RSASSA_PSS_SHA_256: pss,
  RSASSA_PSS_SHA_384: pss,
  RSASSA_PSS_SHA_512: pss,
  ECDSA_SHA_256: ecdsa,
  ECDSA_SHA_384: ecdsa,
  ECDSA_SHA_512: ecdsa,
  ED25519_SHA_512: 'Ed25519, RFC 8032 section 5.1; verification without the cofactor',
  ED25519_PH_SHA_512: 'Ed25519ph, RFC 8032 section 5.1, of the digest, which is hashed again; no context',
  ML_DSA_SHAKE_256: 'ML-DSA, FIPS 204, hedged; no context; keys are seeds, RFC 9881',
  SM2DSA: 'SM2 signature, GB/T 32918.2, nonces of RFC 6979 with SM3; identifier 1234567812345678; DER, GM/T 0009',
  HMAC_SHA_224: hmac,
  HMAC_SHA_256: hmac,
  HMAC_SHA_384: hmac,
  HMAC_SHA_512: hmac,
  ECDH: 'ECC CDH, SP 800-56A section 5.7.1.2: the x coordinate, no key derivation',
  ML_KEM: 'ML-KEM, FIPS 203; keys are seeds, RFC 9935',
};
