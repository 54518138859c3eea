// The mechanisms that wrap keys under keys, and unwrap them.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/manage-aes-key-wrapping.html

import { type AesWrap, aesKw, aesKwp, decryptOaep, encryptOaep, hashLength } from '@kmsim/hsm-core/mechanisms';
import type { KeyType } from '../keys/attributes.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import { encryptions, oaepHash } from './encryption.ts';
import type { Parameters, WrappingMechanism } from './mechanisms.ts';
import type { Failure } from './return-codes.ts';
import type { Toolbox } from './toolbox.ts';

type Transform = (
  tools: Toolbox,
  wrappingKey: StoredKey,
  parameters: Parameters,
  bytes: Uint8Array,
) => Uint8Array | Failure;

export interface WrappingRow {
  readonly keyType: KeyType;
  readonly wrap: Transform;
  readonly unwrap: Transform;
}

function keyWrap({ wrap, unwrap }: AesWrap): WrappingRow {
  return {
    keyType: 'CKK_AES',
    wrap: (_tools, { secret }, _parameters, bytes) => wrap(secret.bytes(), bytes) ?? 'CKR_KEY_SIZE_RANGE',
    unwrap: (_tools, { secret }, _parameters, bytes) => unwrap(secret.bytes(), bytes) ?? 'CKR_WRAPPED_KEY_INVALID',
  };
}

const semiblock = 8;

// RFC 5652 section 6.3, to whole semiblocks: then RFC 3394 takes keys of any length of eight bytes or more.
const pkcs5: AesWrap = {
  wrap: (kek, material) => {
    const padding = semiblock - (material.length % semiblock);
    const whole = new Uint8Array(material.length + padding).fill(padding);
    whole.set(material);
    const wrapped = aesKw.wrap(kek, whole);
    whole.fill(0);
    return wrapped;
  },
  unwrap: (kek, wrapped) => {
    const whole = aesKw.unwrap(kek, wrapped);
    const padding = whole?.at(-1) ?? 0;
    if (whole === undefined || padding < 1 || padding > semiblock) return undefined;
    const isPadded = whole.subarray(whole.length - padding).every((byte) => byte === padding);
    const material = isPadded ? whole.slice(0, whole.length - padding) : undefined;
    whole.fill(0);
    return material;
  },
};

const { CKM_CLOUDHSM_AES_GCM: gcm } = encryptions;

const oaep: WrappingRow = {
  keyType: 'CKK_RSA',
  wrap: (tools, key, parameters, bytes) => {
    const hash = oaepHash(parameters);
    if (hash === undefined) return 'CKR_MECHANISM_PARAM_INVALID';
    const wrapped = encryptOaep(tools.rsaPublicKey(key), hash, bytes, tools.draw(hashLength[hash]));
    return wrapped === 'too long' ? 'CKR_KEY_SIZE_RANGE' : wrapped;
  },
  unwrap: (tools, key, parameters, bytes) => {
    const hash = oaepHash(parameters);
    if (hash === undefined) return 'CKR_MECHANISM_PARAM_INVALID';
    return decryptOaep(tools.rsaPrivateKey(key), hash, bytes) ?? 'CKR_WRAPPED_KEY_INVALID';
  },
};

const temporaryKeyLength = 32;

/** An AES key for once goes under OAEP, and the key under that: section 2.1.21 of the mechanisms. */
const rsaAes: WrappingRow = {
  keyType: 'CKK_RSA',
  wrap: (tools, key, parameters, bytes) => {
    const temporary = tools.draw(temporaryKeyLength);
    const head = oaep.wrap(tools, key, parameters, temporary);
    const tail = aesKwp.wrap(temporary, bytes);
    temporary.fill(0);
    if (typeof head === 'string' || tail === undefined) return typeof head === 'string' ? head : 'CKR_KEY_SIZE_RANGE';
    const wrapped = new Uint8Array(head.length + tail.length);
    wrapped.set(head);
    wrapped.set(tail, head.length);
    return wrapped;
  },
  unwrap: (tools, key, parameters, bytes) => {
    const { length } = tools.rsaPrivateKey(key).publicKey;
    const temporary = oaep.unwrap(tools, key, parameters, bytes.subarray(0, length));
    if (typeof temporary === 'string') return temporary;
    const isKey = [16, 24, 32].includes(temporary.length);
    const material = isKey ? aesKwp.unwrap(temporary, bytes.subarray(length)) : undefined;
    temporary.fill(0);
    return material ?? 'CKR_WRAPPED_KEY_INVALID';
  },
};

export const wrappings: Readonly<Record<WrappingMechanism, WrappingRow>> = {
  CKM_AES_KEY_WRAP: keyWrap(aesKw),
  CKM_AES_KEY_WRAP_PAD: keyWrap(aesKwp),
  CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD: keyWrap(aesKw),
  CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD: keyWrap(pkcs5),
  CKM_CLOUDHSM_AES_GCM: {
    keyType: 'CKK_AES',
    wrap: gcm.encrypt,
    unwrap: (tools, key, parameters, bytes) => {
      const opened = gcm.decrypt(tools, key, parameters, bytes);
      return typeof opened === 'string' && opened.startsWith('CKR_ENCRYPTED') ? 'CKR_WRAPPED_KEY_INVALID' : opened;
    },
  },
  CKM_RSA_PKCS_OAEP: oaep,
  CKM_RSA_AES_KEY_WRAP: rsaAes,
};
