// The mechanisms that encrypt and decrypt.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-mechanisms.html (encrypt and decrypt functions)

import {
  type AesMode,
  aesCbc,
  aesCbcPad,
  aesGcm,
  decryptOaep,
  encryptOaep,
  hashLength,
  type RsaHash,
} from '@kmsim/hsm-core/mechanisms';
import type { KeyType } from '../keys/attributes.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import { rsaHashes } from './digests.ts';
import type { EncryptionMechanism, Parameters } from './mechanisms.ts';
import type { Failure } from './return-codes.ts';
import type { Toolbox } from './toolbox.ts';

type Transform = (tools: Toolbox, key: StoredKey, parameters: Parameters, data: Uint8Array) => Uint8Array | Failure;

export interface EncryptionRow {
  readonly keyType: KeyType;
  readonly encrypt: Transform;
  readonly decrypt: Transform;
}

const noBytes = new Uint8Array();
const ivLength = 12;
const tagLength = 16;
const blockLength = 16;
/** https://docs.aws.amazon.com/cloudhsm/latest/userguide/ki-pkcs11-sdk.html: the buffers of CKM_AES_GCM do not exceed 16 KB. */
const maxGcmLength = 16_384;

function gcmFault({ tagBits = 128 }: Parameters, length: number): Failure | undefined {
  if (tagBits !== 8 * tagLength) return 'CKR_MECHANISM_PARAM_INVALID';
  return length > maxGcmLength ? 'CKR_DATA_LEN_RANGE' : undefined;
}

/** The tag is behind the ciphertext. A key of 256 bits goes the way of KMS. */
function gcmSeal(
  { backend }: Toolbox,
  { secret }: StoredKey,
  iv: Uint8Array,
  aad: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  const key = secret.bytes();
  if (key.length !== 32) return aesGcm.seal(key, iv, aad, data);
  const sealed = new Uint8Array(data.length + tagLength);
  backend.gcmSeal(key, iv, aad, data, sealed, 0);
  return sealed;
}

function gcmOpen(
  { backend }: Toolbox,
  { secret }: StoredKey,
  iv: Uint8Array,
  aad: Uint8Array,
  data: Uint8Array,
): Uint8Array | undefined {
  const key = secret.bytes();
  const opened = key.length === 32 ? backend.gcmOpen(key, iv, aad, data) : aesGcm.open(key, iv, aad, data);
  // Not a Buffer: the memory behind it is shared.
  return opened && Uint8Array.from(opened);
}

const gcm: EncryptionRow = {
  keyType: 'CKK_AES',
  encrypt: (tools, key, parameters, data) => {
    const { iv, aad = noBytes } = parameters;
    // The HSM makes the IV itself and takes none.
    if (iv?.length !== ivLength || iv.some((byte) => byte !== 0)) return 'CKR_MECHANISM_PARAM_INVALID';
    const fault = gcmFault(parameters, data.length);
    if (fault !== undefined) return fault;
    iv.set(tools.draw(ivLength));
    return gcmSeal(tools, key, iv, aad, data);
  },
  decrypt: (tools, key, parameters, data) => {
    const { iv, aad = noBytes } = parameters;
    if (iv?.length !== ivLength) return 'CKR_MECHANISM_PARAM_INVALID';
    const fault = gcmFault(parameters, data.length - tagLength);
    if (fault !== undefined) return fault;
    if (data.length < tagLength) return 'CKR_ENCRYPTED_DATA_LEN_RANGE';
    return gcmOpen(tools, key, iv, aad, data) ?? 'CKR_ENCRYPTED_DATA_INVALID';
  },
};

/** The IV that the HSM makes stands in front. */
const gcmWithIv: EncryptionRow = {
  keyType: 'CKK_AES',
  encrypt: (tools, key, parameters, data) => {
    const iv = new Uint8Array(ivLength);
    const sealed = gcm.encrypt(tools, key, { ...parameters, iv }, data);
    if (typeof sealed === 'string') return sealed;
    const whole = new Uint8Array(ivLength + sealed.length);
    whole.set(iv);
    whole.set(sealed, ivLength);
    return whole;
  },
  decrypt: (tools, key, parameters, data) =>
    data.length < ivLength + tagLength
      ? 'CKR_ENCRYPTED_DATA_LEN_RANGE'
      : gcm.decrypt(tools, key, { ...parameters, iv: data.subarray(0, ivLength) }, data.subarray(ivLength)),
};

function cbc({ seal, open }: AesMode, isPadded: boolean): EncryptionRow {
  return {
    keyType: 'CKK_AES',
    encrypt: (_tools, { secret }, { iv }, data) => {
      if (iv?.length !== blockLength) return 'CKR_MECHANISM_PARAM_INVALID';
      if (!isPadded && data.length % blockLength !== 0) return 'CKR_DATA_LEN_RANGE';
      return seal(secret.bytes(), iv, noBytes, data);
    },
    decrypt: (_tools, { secret }, { iv }, data) => {
      if (iv?.length !== blockLength) return 'CKR_MECHANISM_PARAM_INVALID';
      if (data.length % blockLength !== 0 || (isPadded && data.length === 0)) return 'CKR_ENCRYPTED_DATA_LEN_RANGE';
      return open(secret.bytes(), iv, noBytes, data) ?? 'CKR_ENCRYPTED_DATA_INVALID';
    },
  };
}

/** The hash of an OAEP padding; CKM_SHA_1 unless somebody says another, as in the structure of the standard. */
export function oaepHash({ hash = 'CKM_SHA_1' }: Parameters): RsaHash | undefined {
  return rsaHashes[hash];
}

const oaep: EncryptionRow = {
  keyType: 'CKK_RSA',
  encrypt: (tools, key, parameters, data) => {
    const hash = oaepHash(parameters);
    if (hash === undefined) return 'CKR_MECHANISM_PARAM_INVALID';
    const sealed = encryptOaep(tools.rsaPublicKey(key), hash, data, tools.draw(hashLength[hash]));
    return sealed === 'too long' ? 'CKR_DATA_LEN_RANGE' : sealed;
  },
  decrypt: (tools, key, parameters, data) => {
    const hash = oaepHash(parameters);
    if (hash === undefined) return 'CKR_MECHANISM_PARAM_INVALID';
    const privateKey = tools.rsaPrivateKey(key);
    if (data.length !== privateKey.publicKey.length) return 'CKR_ENCRYPTED_DATA_LEN_RANGE';
    return decryptOaep(privateKey, hash, data) ?? 'CKR_ENCRYPTED_DATA_INVALID';
  },
};

export const encryptions: Readonly<Record<EncryptionMechanism, EncryptionRow>> = {
  CKM_AES_GCM: gcm,
  CKM_CLOUDHSM_AES_GCM: gcmWithIv,
  CKM_AES_CBC: cbc(aesCbc, false),
  CKM_AES_CBC_PAD: cbc(aesCbcPad, true),
  CKM_RSA_PKCS_OAEP: oaep,
};
