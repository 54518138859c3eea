// Encryption by mechanism, judged by node:crypto and by Project Wycheproof.

import { createCipheriv, createDecipheriv, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { absence, groupsOf, type Vector } from '../../../hsm-core/test/published-vectors.ts';
import type { EncryptionMechanism, Mechanism } from '../../src/pkcs11/mechanisms.ts';
import { ok } from '../../src/pkcs11/return-codes.ts';
import { bytes } from '../clusters.ts';
import { aes, everything, privateUse, publicUse, token } from './tokens.ts';

const { cluster, session } = await token();
const value = bytes(32, 77);
const keyOf = (CKA_VALUE: Uint8Array): number => ok(session.createObject({ ...aes, CKA_VALUE }));
const key = keyOf(value);
const data = bytes(50, 5);

describe.each([16, 24, 32])('AES of %i bytes', (length) => {
  const secret = value.subarray(0, length);
  const handle = keyOf(secret);

  test('CKM_AES_GCM makes the IV itself, and seals as node:crypto does', () => {
    const iv = new Uint8Array(12);
    const aad = bytes(9);
    const sealed = ok(session.encrypt({ type: 'CKM_AES_GCM', iv, aad, tagBits: 128 }, handle, data));
    expect(iv).not.toEqual(new Uint8Array(12));
    const cipher = createCipheriv(`aes-${8 * length}-gcm` as 'aes-256-gcm', secret, iv).setAAD(aad);
    expect(Buffer.from(sealed)).toEqual(Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]));
    expect(session.decrypt({ type: 'CKM_AES_GCM', iv, aad }, handle, sealed)).toEqual(data);
    expect(session.decrypt({ type: 'CKM_AES_GCM', iv }, handle, sealed)).toBe('CKR_ENCRYPTED_DATA_INVALID');
    const next = new Uint8Array(12);
    ok(session.encrypt({ type: 'CKM_AES_GCM', iv: next }, handle, data));
    expect(next).not.toEqual(iv);
  });

  test('CKM_CLOUDHSM_AES_GCM has the IV in front', () => {
    const sealed = ok(session.encrypt('CKM_CLOUDHSM_AES_GCM', handle, data));
    expect(sealed).toHaveLength(12 + data.length + 16);
    expect(session.decrypt('CKM_CLOUDHSM_AES_GCM', handle, sealed)).toEqual(data);
    expect(session.decrypt({ type: 'CKM_AES_GCM', iv: sealed.slice(0, 12) }, handle, sealed.slice(12))).toEqual(data);
    expect(session.decrypt('CKM_CLOUDHSM_AES_GCM', handle, sealed.subarray(0, 27))).toBe(
      'CKR_ENCRYPTED_DATA_LEN_RANGE',
    );
  });

  test('CKM_AES_CBC_PAD and CKM_AES_CBC', () => {
    const iv = bytes(16, 9);
    const cipher = createCipheriv(`aes-${8 * length}-cbc`, secret, iv);
    const sealed = ok(session.encrypt({ type: 'CKM_AES_CBC_PAD', iv }, handle, data));
    expect(Buffer.from(sealed)).toEqual(Buffer.concat([cipher.update(data), cipher.final()]));
    expect(session.decrypt({ type: 'CKM_AES_CBC_PAD', iv }, handle, sealed)).toEqual(data);
    const blocks = ok(session.encrypt({ type: 'CKM_AES_CBC', iv }, handle, data.subarray(0, 48)));
    const decipher = createDecipheriv(`aes-${8 * length}-cbc`, secret, iv).setAutoPadding(false);
    expect(Buffer.concat([decipher.update(blocks), decipher.final()])).toEqual(Buffer.from(data.subarray(0, 48)));
    expect(session.decrypt({ type: 'CKM_AES_CBC', iv }, handle, blocks)).toEqual(data.subarray(0, 48));
  });
});

describe('what a mechanism does not take', () => {
  const iv = new Uint8Array(12);

  test.each<[string, Mechanism<EncryptionMechanism>, Uint8Array, string]>([
    ['an IV of one’s own', { type: 'CKM_AES_GCM', iv: bytes(12) }, data, 'CKR_MECHANISM_PARAM_INVALID'],
    ['an IV of 16 bytes', { type: 'CKM_AES_GCM', iv: new Uint8Array(16) }, data, 'CKR_MECHANISM_PARAM_INVALID'],
    ['no IV', 'CKM_AES_GCM', data, 'CKR_MECHANISM_PARAM_INVALID'],
    ['a short tag', { type: 'CKM_AES_GCM', iv, tagBits: 96 }, data, 'CKR_MECHANISM_PARAM_INVALID'],
    ['more than 16 KB', { type: 'CKM_AES_GCM', iv }, new Uint8Array(16_385), 'CKR_DATA_LEN_RANGE'],
    ['no IV in CBC', 'CKM_AES_CBC_PAD', data, 'CKR_MECHANISM_PARAM_INVALID'],
    ['half a block', { type: 'CKM_AES_CBC', iv: bytes(16) }, data, 'CKR_DATA_LEN_RANGE'],
    ['a mechanism of another kind', 'CKM_SHA256' as never, data, 'CKR_MECHANISM_INVALID'],
    ['no mechanism', 'toString' as never, data, 'CKR_MECHANISM_INVALID'],
    ['RSA', 'CKM_RSA_PKCS_OAEP', data, 'CKR_KEY_TYPE_INCONSISTENT'],
  ])('to encrypt: %s', (_name, mechanism, input, code) => {
    expect(session.encrypt(mechanism, key, input)).toBe(code);
  });

  test.each<[string, Mechanism<EncryptionMechanism>, Uint8Array, string]>([
    ['less than a tag', { type: 'CKM_AES_GCM', iv }, bytes(15), 'CKR_ENCRYPTED_DATA_LEN_RANGE'],
    ['noise', { type: 'CKM_AES_GCM', iv }, bytes(40), 'CKR_ENCRYPTED_DATA_INVALID'],
    ['half a block', { type: 'CKM_AES_CBC', iv: bytes(16) }, bytes(17), 'CKR_ENCRYPTED_DATA_LEN_RANGE'],
    ['no padding', { type: 'CKM_AES_CBC_PAD', iv: bytes(16) }, new Uint8Array(), 'CKR_ENCRYPTED_DATA_LEN_RANGE'],
    ['a wrong padding', { type: 'CKM_AES_CBC_PAD', iv: bytes(16) }, bytes(32), 'CKR_ENCRYPTED_DATA_INVALID'],
    ['an IV of 11 bytes', { type: 'CKM_AES_GCM', iv: bytes(11) }, bytes(40), 'CKR_MECHANISM_PARAM_INVALID'],
  ])('to decrypt: %s', (_name, mechanism, input, code) => {
    expect(session.decrypt(mechanism, key, input)).toBe(code);
  });

  test('and a key does what its attributes say', () => {
    const only = ok(session.createObject({ ...aes, CKA_VALUE: value, CKA_DECRYPT: false }));
    const sealed = ok(session.encrypt('CKM_CLOUDHSM_AES_GCM', only, data));
    expect(session.decrypt('CKM_CLOUDHSM_AES_GCM', only, sealed)).toBe('CKR_KEY_FUNCTION_NOT_PERMITTED');
    expect(session.encrypt('CKM_CLOUDHSM_AES_GCM', 9999, data)).toBe('CKR_KEY_HANDLE_INVALID');
    expect(session.encrypt('CKM_CLOUDHSM_AES_GCM', 0.5, data)).toBe('CKR_KEY_HANDLE_INVALID');
  });
});

describe('CKM_RSA_PKCS_OAEP', () => {
  const pair = ok(
    session.generateKeyPair('CKM_RSA_PKCS_KEY_PAIR_GEN', { CKA_MODULUS_BITS: 2048, ...publicUse }, privateUse),
  );
  const { CKA_MODULUS, CKA_PUBLIC_EXPONENT } = ok(
    session.getAttributeValue(pair.publicKey, ['CKA_MODULUS', 'CKA_PUBLIC_EXPONENT']),
  );
  const base64url = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('base64url');
  const outside = createPublicKey({
    key: { kty: 'RSA', n: base64url(CKA_MODULUS), e: base64url(CKA_PUBLIC_EXPONENT) },
    format: 'jwk',
  });

  test.each([
    ['CKM_SHA_1', 'sha1', 214],
    ['CKM_SHA256', 'sha256', 190],
    ['CKM_SHA384', 'sha384', 158],
    ['CKM_SHA512', 'sha512', 126],
  ] as const)('with %s opens what node:crypto encrypted', (hash, oaepHash, longest) => {
    const mechanism = { type: 'CKM_RSA_PKCS_OAEP', hash } as const;
    for (const message of [bytes(longest), new Uint8Array()]) {
      expect(session.decrypt(mechanism, pair.privateKey, publicEncrypt({ key: outside, oaepHash }, message))).toEqual(
        message,
      );
      expect(
        session.decrypt(mechanism, pair.privateKey, ok(session.encrypt(mechanism, pair.publicKey, message))),
      ).toEqual(message);
    }
    expect(session.encrypt(mechanism, pair.publicKey, bytes(longest + 1))).toBe('CKR_DATA_LEN_RANGE');
  });

  test('is SHA-1 where no hash is named, and refuses what it does not know', () => {
    const sealed = publicEncrypt({ key: outside, oaepHash: 'sha1' }, data);
    expect(session.decrypt('CKM_RSA_PKCS_OAEP', pair.privateKey, sealed)).toEqual(data);
    expect(session.decrypt({ type: 'CKM_RSA_PKCS_OAEP', hash: 'CKM_SHA256' }, pair.privateKey, sealed)).toBe(
      'CKR_ENCRYPTED_DATA_INVALID',
    );
    expect(session.decrypt('CKM_RSA_PKCS_OAEP', pair.privateKey, sealed.subarray(1))).toBe(
      'CKR_ENCRYPTED_DATA_LEN_RANGE',
    );
    expect(session.encrypt({ type: 'CKM_RSA_PKCS_OAEP', hash: 'CKM_SHA224' }, pair.publicKey, data)).toBe(
      'CKR_MECHANISM_PARAM_INVALID',
    );
    expect(session.decrypt('CKM_RSA_PKCS_OAEP', pair.publicKey, sealed)).toBe('CKR_KEY_TYPE_INCONSISTENT');
    expect(session.encrypt('CKM_RSA_PKCS_OAEP', pair.privateKey, data)).toBe('CKR_KEY_TYPE_INCONSISTENT');
  });

  test('what the HSM encrypts node:crypto opens, with the key unwrapped outside', () => {
    const wrapping = keyOf(value);
    const wrapped = ok(session.wrapKey('CKM_CLOUDHSM_AES_GCM', wrapping, pair.privateKey));
    const decipher = createDecipheriv('aes-256-gcm', value, wrapped.subarray(0, 12));
    decipher.setAuthTag(wrapped.subarray(wrapped.length - 16));
    const pkcs8 = Buffer.concat([decipher.update(wrapped.subarray(12, wrapped.length - 16)), decipher.final()]);
    const key = { key: pkcs8, format: 'der', type: 'pkcs8', oaepHash: 'sha256' } as const;
    const sealed = ok(session.encrypt({ type: 'CKM_RSA_PKCS_OAEP', hash: 'CKM_SHA256' }, pair.publicKey, data));
    expect(privateDecrypt(key, sealed)).toEqual(Buffer.from(data));
  });
});

test('an HSM lost in the middle is CKR_DEVICE_ERROR, once', () => {
  const lasting = ok(session.generateKey('CKM_AES_KEY_GEN', { ...everything, CKA_TOKEN: true, CKA_VALUE_LEN: 32 }));
  const sealed = ok(session.encrypt('CKM_CLOUDHSM_AES_GCM', lasting, data));
  cluster.createHsm('us-east-1b');
  cluster.loseHsmDuring({ during: 'decrypt', by: 'zeroization' });
  expect(session.decrypt('CKM_CLOUDHSM_AES_GCM', lasting, sealed)).toBe('CKR_DEVICE_ERROR');
  expect(session.decrypt('CKM_CLOUDHSM_AES_GCM', lasting, sealed)).toEqual(data);
});

interface Sealed extends Vector {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}

const { absent, reason } = absence(['aes_gcm_test']);
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

test.skipIf(absent)(`CKM_AES_GCM opens what Project Wycheproof says, and nothing else${reason}`, async () => {
  const { session: fresh } = await token();
  const tests = groupsOf<{ tests: readonly Sealed[] }>('aes_gcm_test').flatMap((group) => group.tests);
  const taken = tests.filter(({ iv }) => iv.length === 24);
  expect(taken.length).toBeGreaterThan(150);
  for (const vector of taken) {
    const handle = ok(fresh.createObject({ ...aes, CKA_VALUE: fromHex(vector.key) }));
    const mechanism = { type: 'CKM_AES_GCM', iv: fromHex(vector.iv), aad: fromHex(vector.aad) } as const;
    const opened = fresh.decrypt(mechanism, handle, fromHex(vector.ct + vector.tag));
    const expected = vector.result === 'valid' ? fromHex(vector.msg) : 'CKR_ENCRYPTED_DATA_INVALID';
    expect([vector.tcId, opened]).toEqual([vector.tcId, expected]);
  }
});
