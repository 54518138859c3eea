// The mechanisms that sign and verify, message authentication among them.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-mechanisms.html (sign and verify functions)

import { equalBytes } from '@kmsim/hsm-core';
import {
  type HmacHash,
  hashLength,
  portableHmac,
  type RsaHash,
  type RsaPublicKey,
  readEcdsaSignature,
  scalarOctets,
  signEcdsa,
  signPkcs1,
  signPss,
  verifyEcdsa,
  verifyPkcs1,
  verifyPss,
  writeEcdsaSignature,
} from '@kmsim/hsm-core/mechanisms';
import type { KeyType } from '../keys/attributes.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import { digests, rsaHashes } from './digests.ts';
import type { DigestMechanism, Parameters, SigningMechanism } from './mechanisms.ts';
import type { Failure } from './return-codes.ts';
import type { Toolbox } from './toolbox.ts';

type Verdict = 'CKR_OK' | Failure;

export interface SigningRow {
  readonly keyType: KeyType;
  /** Whether one secret key does both. */
  readonly isSymmetric: boolean;
  sign(tools: Toolbox, key: StoredKey, parameters: Parameters, data: Uint8Array): Uint8Array | Failure;
  verify(tools: Toolbox, key: StoredKey, parameters: Parameters, data: Uint8Array, signature: Uint8Array): Verdict;
}

const verdict = (isValid: boolean): Verdict => (isValid ? 'CKR_OK' : 'CKR_SIGNATURE_INVALID');

function rsaVerdict({ length }: RsaPublicKey, signature: Uint8Array, isValid: () => boolean): Verdict {
  return signature.length === length ? verdict(isValid()) : 'CKR_SIGNATURE_LEN_RANGE';
}

function pkcs1(mechanism: DigestMechanism, hash: RsaHash): SigningRow {
  const digest = digests[mechanism];
  return {
    keyType: 'CKK_RSA',
    isSymmetric: false,
    sign: (tools, key, _parameters, data) => signPkcs1(tools.rsaPrivateKey(key), hash, digest(tools, data)),
    verify: (tools, key, _parameters, data, signature) => {
      const publicKey = tools.rsaPublicKey(key);
      return rsaVerdict(publicKey, signature, () => verifyPkcs1(publicKey, hash, digest(tools, data), signature));
    },
  };
}

// RFC 8017 section 9.2 without the hash: the caller brings the DigestInfo. At least eight octets of padding, so eleven in all.
function padded(length: number, data: Uint8Array): Uint8Array | 'CKR_DATA_LEN_RANGE' {
  if (data.length > length - 11) return 'CKR_DATA_LEN_RANGE';
  const encoded = new Uint8Array(length).fill(0xff);
  encoded.set([0, 1]);
  encoded[length - data.length - 1] = 0;
  encoded.set(data, length - data.length);
  return encoded;
}

const pkcs1Raw: SigningRow = {
  keyType: 'CKK_RSA',
  isSymmetric: false,
  sign: (tools, key, _parameters, data) => {
    const privateKey = tools.rsaPrivateKey(key);
    const encoded = padded(privateKey.publicKey.length, data);
    return typeof encoded === 'string' ? encoded : (privateKey.apply(encoded) ?? 'CKR_DATA_INVALID');
  },
  verify: (tools, key, _parameters, data, signature) => {
    const publicKey = tools.rsaPublicKey(key);
    const encoded = padded(publicKey.length, data);
    if (typeof encoded === 'string') return encoded;
    return rsaVerdict(publicKey, signature, () => equalBytes(publicKey.apply(signature) ?? signature, encoded));
  },
};

/** `mechanism`: the hash of the message; undefined where the caller brings a digest. */
function pss(mechanism: DigestMechanism | undefined): SigningRow {
  const prepare = (
    tools: Toolbox,
    { hash: named = mechanism, saltLength }: Parameters,
    data: Uint8Array,
  ): { readonly hash: RsaHash; readonly digest: Uint8Array } | Failure => {
    const hash = named && rsaHashes[named];
    const isKnown = hash !== undefined && (mechanism === undefined || named === mechanism);
    if (!isKnown || (saltLength ?? hashLength[hash]) !== hashLength[hash]) return 'CKR_MECHANISM_PARAM_INVALID';
    const digest = mechanism === undefined ? data : digests[mechanism](tools, data);
    return digest.length === hashLength[hash] ? { hash, digest } : 'CKR_DATA_LEN_RANGE';
  };
  return {
    keyType: 'CKK_RSA',
    isSymmetric: false,
    sign: (tools, key, parameters, data) => {
      const ready = prepare(tools, parameters, data);
      if (typeof ready === 'string') return ready;
      const { hash, digest } = ready;
      return signPss(tools.rsaPrivateKey(key), hash, digest, tools.draw(hashLength[hash]));
    },
    verify: (tools, key, parameters, data, signature) => {
      const ready = prepare(tools, parameters, data);
      if (typeof ready === 'string') return ready;
      const publicKey = tools.rsaPublicKey(key);
      return rsaVerdict(publicKey, signature, () => verifyPss(publicKey, ready.hash, ready.digest, signature));
    },
  };
}

/** Signatures are r ‖ s, each as long as the order (section 2.3.1 of the mechanisms). */
function ecdsa(mechanism: DigestMechanism | undefined): SigningRow {
  const digest = (tools: Toolbox, data: Uint8Array): Uint8Array =>
    mechanism === undefined ? data : digests[mechanism](tools, data);
  return {
    keyType: 'CKK_EC',
    isSymmetric: false,
    sign: (tools, key, _parameters, data) => {
      if (mechanism === undefined && data.length === 0) return 'CKR_DATA_LEN_RANGE';
      const privateKey = tools.ecPrivateKey(key);
      const numbers = readEcdsaSignature(signEcdsa(privateKey, digest(tools, data)));
      if (numbers === undefined) return 'CKR_FUNCTION_FAILED';
      const signature = new Uint8Array(2 * privateKey.curve.length);
      signature.set(scalarOctets(privateKey.curve, numbers.r));
      signature.set(scalarOctets(privateKey.curve, numbers.s), privateKey.curve.length);
      return signature;
    },
    verify: (tools, key, _parameters, data, signature) => {
      const { curve, point } = tools.ecPublicKey(key);
      if (signature.length !== 2 * curve.length) return 'CKR_SIGNATURE_LEN_RANGE';
      const number = (octets: Uint8Array): bigint => octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
      const r = number(signature.subarray(0, curve.length));
      const s = number(signature.subarray(curve.length));
      const der = writeEcdsaSignature({ r, s });
      return verdict(verifyEcdsa(curve, point, digest(tools, data), der, tools.ec));
    },
  };
}

function hmac(hash: HmacHash): SigningRow {
  const mac = ({ secret }: StoredKey, data: Uint8Array): Uint8Array => portableHmac.hmac(hash, secret.bytes())(data);
  return {
    keyType: 'CKK_GENERIC_SECRET',
    isSymmetric: true,
    sign: (_tools, key, _parameters, data) => mac(key, data),
    verify: (_tools, key, _parameters, data, signature) => {
      const expected = mac(key, data);
      if (signature.length !== expected.length) return 'CKR_SIGNATURE_LEN_RANGE';
      return verdict(equalBytes(expected, signature));
    },
  };
}

export const signings: Readonly<Record<SigningMechanism, SigningRow>> = {
  CKM_RSA_PKCS: pkcs1Raw,
  CKM_RSA_PKCS_PSS: pss(undefined),
  CKM_SHA256_RSA_PKCS: pkcs1('CKM_SHA256', 'SHA-256'),
  CKM_SHA384_RSA_PKCS: pkcs1('CKM_SHA384', 'SHA-384'),
  CKM_SHA512_RSA_PKCS: pkcs1('CKM_SHA512', 'SHA-512'),
  CKM_SHA256_RSA_PKCS_PSS: pss('CKM_SHA256'),
  CKM_SHA384_RSA_PKCS_PSS: pss('CKM_SHA384'),
  CKM_SHA512_RSA_PKCS_PSS: pss('CKM_SHA512'),
  CKM_ECDSA: ecdsa(undefined),
  CKM_ECDSA_SHA224: ecdsa('CKM_SHA224'),
  CKM_ECDSA_SHA256: ecdsa('CKM_SHA256'),
  CKM_ECDSA_SHA384: ecdsa('CKM_SHA384'),
  CKM_ECDSA_SHA512: ecdsa('CKM_SHA512'),
  CKM_SHA224_HMAC: hmac('SHA-224'),
  CKM_SHA256_HMAC: hmac('SHA-256'),
  CKM_SHA384_HMAC: hmac('SHA-384'),
  CKM_SHA512_HMAC: hmac('SHA-512'),
};
