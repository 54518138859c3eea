// Keys wrapped under keys: the only way in which they leave.

import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { absence, groupsOf, type Vector } from '../../../hsm-core/test/published-vectors.ts';
import type { Mechanism, WrappingMechanism } from '../../src/pkcs11/mechanisms.ts';
import { ecParameters } from '../../src/pkcs11/objects.ts';
import { ok } from '../../src/pkcs11/return-codes.ts';
import { bytes } from '../clusters.ts';
import { aes, generic, privateUse, publicUse, token } from './tokens.ts';

const { cluster, session } = await token();
const kekValue = bytes(32, 66);
const kek = ok(session.createObject({ ...aes, CKA_VALUE: kekValue }));
const rsa = ok(
  session.generateKeyPair('CKM_RSA_PKCS_KEY_PAIR_GEN', { CKA_MODULUS_BITS: 2048, ...publicUse }, privateUse),
);
const ec = ok(
  session.generateKeyPair('CKM_EC_KEY_PAIR_GEN', { CKA_EC_PARAMS: ecParameters['P-256'], ...publicUse }, privateUse),
);
const value = bytes(32, 11);
const secret = ok(session.createObject({ ...generic, CKA_VALUE: value }));
const oddSecret = ok(session.createObject({ ...generic, CKA_VALUE: bytes(21, 11) }));
const data = bytes(30);

const padded = ['CKM_AES_KEY_WRAP_PAD', 'CKM_CLOUDHSM_AES_KEY_WRAP_PKCS5_PAD', 'CKM_CLOUDHSM_AES_GCM'] as const;
const unpadded = ['CKM_AES_KEY_WRAP', 'CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD'] as const;

describe.each([...padded, ...unpadded])('%s', (mechanism) => {
  test('a secret key comes back as it was', () => {
    const wrapped = ok(session.wrapKey(mechanism, kek, secret));
    const again = ok(session.unwrapKey(mechanism, kek, wrapped, generic));
    expect(session.sign('CKM_SHA256_HMAC', again, data)).toEqual(session.sign('CKM_SHA256_HMAC', secret, data));
    expect(
      session.getAttributeValue(again, ['CKA_LOCAL', 'CKA_ALWAYS_SENSITIVE', 'CKA_NEVER_EXTRACTABLE', 'CKA_VALUE_LEN']),
    ).toEqual({
      CKA_LOCAL: false,
      CKA_ALWAYS_SENSITIVE: false,
      CKA_NEVER_EXTRACTABLE: false,
      CKA_VALUE_LEN: 32,
    });
  });

  test('what is damaged, cut or wrapped under another key does not', () => {
    const wrapped = ok(session.wrapKey(mechanism, kek, secret));
    const other = ok(session.createObject({ ...aes, CKA_VALUE: bytes(32, 1) }));
    const before = session.findObjects();
    expect(session.unwrapKey(mechanism, other, wrapped, generic)).toBe('CKR_WRAPPED_KEY_INVALID');
    for (const bad of [wrapped.with(3, (wrapped[3] ?? 0) ^ 1), wrapped.subarray(8), new Uint8Array(), bytes(40)])
      expect(session.unwrapKey(mechanism, kek, bad, generic)).toBe('CKR_WRAPPED_KEY_INVALID');
    expect(session.findObjects()).toEqual(before);
  });
});

describe.each(padded)('%s', (mechanism) => {
  test('private keys come back too, and keys of odd lengths', () => {
    const template = { CKA_CLASS: 'CKO_PRIVATE_KEY', CKA_SIGN: true } as const;
    const [first, second] = [rsa, ec].map(({ privateKey }) => ok(session.wrapKey(mechanism, kek, privateKey)));
    const rsaAgain = ok(session.unwrapKey(mechanism, kek, first ?? data, { ...template, CKA_KEY_TYPE: 'CKK_RSA' }));
    expect(session.sign('CKM_SHA256_RSA_PKCS', rsaAgain, data)).toEqual(
      session.sign('CKM_SHA256_RSA_PKCS', rsa.privateKey, data),
    );
    const ecAgain = ok(session.unwrapKey(mechanism, kek, second ?? data, { ...template, CKA_KEY_TYPE: 'CKK_EC' }));
    expect(
      session.verify('CKM_ECDSA_SHA256', ec.publicKey, data, ok(session.sign('CKM_ECDSA_SHA256', ecAgain, data))),
    ).toBe('CKR_OK');
    expect(session.unwrapKey(mechanism, kek, first ?? data, { ...template, CKA_KEY_TYPE: 'CKK_EC' })).toBe(
      'CKR_WRAPPED_KEY_INVALID',
    );
    expect(session.unwrapKey(mechanism, kek, second ?? data, { ...template, CKA_KEY_TYPE: 'CKK_RSA' })).toBe(
      'CKR_WRAPPED_KEY_INVALID',
    );
    const odd = ok(session.wrapKey(mechanism, kek, oddSecret));
    expect(session.getAttributeValue(ok(session.unwrapKey(mechanism, kek, odd, generic)), ['CKA_VALUE_LEN'])).toEqual({
      CKA_VALUE_LEN: 21,
    });
  });
});

test.each(unpadded)('%s does not pad', (mechanism) => {
  expect(session.wrapKey(mechanism, kek, oddSecret)).toBe('CKR_KEY_SIZE_RANGE');
});

describe('judged by node:crypto', () => {
  const initialValues = { 'id-aes256-wrap': 'a6a6a6a6a6a6a6a6', 'id-aes256-wrap-pad': 'a65959a6' };

  test.each([
    ['CKM_AES_KEY_WRAP', 'id-aes256-wrap'],
    ['CKM_AES_KEY_WRAP_PAD', 'id-aes256-wrap-pad'],
  ] as const)('%s is %s', (mechanism, name) => {
    const iv = Buffer.from(initialValues[name], 'hex');
    const expected = createCipheriv(name, kekValue, iv).update(value);
    expect(Buffer.from(ok(session.wrapKey(mechanism, kek, secret)))).toEqual(expected);
  });

  test('a private key leaves as PKCS #8', () => {
    const wrapped = ok(session.wrapKey('CKM_AES_KEY_WRAP_PAD', kek, ec.privateKey));
    const pkcs8 = createDecipheriv('id-aes256-wrap-pad', kekValue, Buffer.from('a65959a6', 'hex')).update(wrapped);
    const outside = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })).export({
      format: 'jwk',
    });
    const { CKA_EC_POINT = data } = ok(session.getAttributeValue(ec.publicKey, ['CKA_EC_POINT']));
    expect(outside.x).toBe(Buffer.from(CKA_EC_POINT.subarray(3, 35)).toString('base64url'));
  });

  test('a key of node:crypto comes in wrapped, and what HSM and node:crypto do agrees', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    const wrapped = createCipheriv('id-aes256-wrap-pad', kekValue, Buffer.from('a65959a6', 'hex')).update(pkcs8);
    const template = { CKA_CLASS: 'CKO_PRIVATE_KEY', CKA_KEY_TYPE: 'CKK_RSA', CKA_DECRYPT: true } as const;
    const handle = ok(session.unwrapKey('CKM_AES_KEY_WRAP_PAD', kek, wrapped, template));
    const { n, e } = publicKey.export({ format: 'jwk' });
    const [CKA_MODULUS, CKA_PUBLIC_EXPONENT] = [n, e].map(
      (text) => new Uint8Array(Buffer.from(text ?? '', 'base64url')),
    );
    expect(session.getAttributeValue(handle, ['CKA_MODULUS', 'CKA_PUBLIC_EXPONENT'])).toEqual({
      CKA_MODULUS,
      CKA_PUBLIC_EXPONENT,
    });
    const outside = ok(
      session.createObject({
        CKA_CLASS: 'CKO_PUBLIC_KEY',
        CKA_KEY_TYPE: 'CKK_RSA',
        CKA_WRAP: true,
        CKA_MODULUS: CKA_MODULUS ?? data,
        CKA_PUBLIC_EXPONENT: CKA_PUBLIC_EXPONENT ?? data,
      }),
    );
    const out = ok(session.wrapKey({ type: 'CKM_RSA_PKCS_OAEP', hash: 'CKM_SHA256' }, outside, secret));
    expect(privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, out)).toEqual(Buffer.from(value));
    const both = ok(session.wrapKey({ type: 'CKM_RSA_AES_KEY_WRAP', hash: 'CKM_SHA256' }, outside, ec.privateKey));
    const temporary = privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, both.subarray(0, 256));
    expect(temporary).toHaveLength(32);
    const inner = createDecipheriv('id-aes256-wrap-pad', temporary, Buffer.from('a65959a6', 'hex')).update(
      both.subarray(256),
    );
    expect(createPrivateKey({ key: inner, format: 'der', type: 'pkcs8' }).asymmetricKeyType).toBe('ec');
  });
});

describe('under RSA', () => {
  const oaep = { type: 'CKM_RSA_PKCS_OAEP', hash: 'CKM_SHA256' } as const;
  const both = { type: 'CKM_RSA_AES_KEY_WRAP', hash: 'CKM_SHA256' } as const;

  test.each([oaep, both])('$type brings a secret back', (mechanism) => {
    const wrapped = ok(session.wrapKey(mechanism, rsa.publicKey, secret));
    const again = ok(session.unwrapKey(mechanism, rsa.privateKey, wrapped, generic));
    expect(session.sign('CKM_SHA256_HMAC', again, data)).toEqual(session.sign('CKM_SHA256_HMAC', secret, data));
    for (const bad of [
      wrapped.with(9, (wrapped[9] ?? 0) ^ 1),
      wrapped.with(-1, (wrapped.at(-1) ?? 0) ^ 1),
      wrapped.subarray(1),
      new Uint8Array(),
    ])
      expect(session.unwrapKey(mechanism, rsa.privateKey, bad, generic)).toBe('CKR_WRAPPED_KEY_INVALID');
  });

  test('what is too long for OAEP goes through an AES key', () => {
    expect(session.wrapKey(oaep, rsa.publicKey, rsa.privateKey)).toBe('CKR_KEY_SIZE_RANGE');
    const wrapped = ok(session.wrapKey(both, rsa.publicKey, rsa.privateKey));
    const template = { CKA_CLASS: 'CKO_PRIVATE_KEY', CKA_KEY_TYPE: 'CKK_RSA', CKA_SIGN: true } as const;
    const again = ok(session.unwrapKey(both, rsa.privateKey, wrapped, template));
    expect(session.sign('CKM_SHA256_RSA_PKCS', again, data)).toHaveLength(256);
  });

  test('other hashes are refused', () => {
    const bad: Mechanism<WrappingMechanism> = { type: 'CKM_RSA_PKCS_OAEP', hash: 'CKM_SHA224' };
    expect(session.wrapKey(bad, rsa.publicKey, secret)).toBe('CKR_MECHANISM_PARAM_INVALID');
    expect(session.unwrapKey({ ...bad, type: 'CKM_RSA_AES_KEY_WRAP' }, rsa.privateKey, bytes(300), generic)).toBe(
      'CKR_MECHANISM_PARAM_INVALID',
    );
  });
});

describe('who wraps what', () => {
  test('is said by attributes', () => {
    const no = ok(session.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 32 }));
    const fixed = ok(session.generateKey('CKM_AES_KEY_GEN', { CKA_VALUE_LEN: 32, CKA_EXTRACTABLE: false }));
    expect(session.wrapKey('CKM_AES_KEY_WRAP', no, secret)).toBe('CKR_KEY_FUNCTION_NOT_PERMITTED');
    expect(session.wrapKey('CKM_AES_KEY_WRAP', kek, fixed)).toBe('CKR_KEY_UNEXTRACTABLE');
    expect(session.wrapKey('CKM_AES_KEY_WRAP_PAD', kek, ec.publicKey)).toBe('CKR_KEY_NOT_WRAPPABLE');
    expect(session.wrapKey('CKM_AES_KEY_WRAP', secret, kek)).toBe('CKR_KEY_TYPE_INCONSISTENT');
    expect(session.wrapKey('CKM_AES_KEY_WRAP', 9999, secret)).toBe('CKR_WRAPPING_KEY_HANDLE_INVALID');
    expect(session.wrapKey('CKM_AES_KEY_WRAP', kek, 9999)).toBe('CKR_KEY_HANDLE_INVALID');
    expect(session.unwrapKey('CKM_AES_KEY_WRAP', 9999, bytes(40), generic)).toBe('CKR_UNWRAPPING_KEY_HANDLE_INVALID');
    expect(session.unwrapKey('CKM_RSA_PKCS_OAEP', rsa.publicKey, bytes(256), generic)).toBe(
      'CKR_KEY_TYPE_INCONSISTENT',
    );
  });

  test('a template for an unwrapped key says what it is', () => {
    const wrapped = ok(session.wrapKey('CKM_AES_KEY_WRAP', kek, secret));
    expect(session.unwrapKey('CKM_AES_KEY_WRAP', kek, wrapped, {})).toBe('CKR_TEMPLATE_INCOMPLETE');
    expect(
      session.unwrapKey('CKM_AES_KEY_WRAP', kek, wrapped, { CKA_CLASS: 'CKO_PUBLIC_KEY', CKA_KEY_TYPE: 'CKK_RSA' }),
    ).toBe('CKR_TEMPLATE_INCONSISTENT');
    expect(session.unwrapKey('CKM_AES_KEY_WRAP', kek, wrapped, { ...generic, CKA_VALUE_LEN: 16 })).toBe(
      'CKR_TEMPLATE_INCONSISTENT',
    );
    const odd = ok(session.wrapKey('CKM_AES_KEY_WRAP_PAD', kek, oddSecret));
    expect(session.unwrapKey('CKM_AES_KEY_WRAP_PAD', kek, odd, aes)).toBe('CKR_WRAPPED_KEY_INVALID');
    const template = { ...generic, CKA_EXTRACTABLE: false };
    const locked = ok(session.unwrapKey('CKM_AES_KEY_WRAP', kek, wrapped, template));
    expect(session.wrapKey('CKM_AES_KEY_WRAP', kek, locked)).toBe('CKR_KEY_UNEXTRACTABLE');
  });
});

test.each(['wrap', 'unwrap'] as const)('an HSM lost in the middle of %s is CKR_DEVICE_ERROR', async (during) => {
  const fresh = await token({ keyAvailabilityCheck: false });
  const key = ok(fresh.session.generateKey('CKM_AES_KEY_GEN', { ...aes, CKA_TOKEN: true, CKA_VALUE_LEN: 32 }));
  const wrapped = ok(fresh.session.wrapKey('CKM_AES_KEY_WRAP', key, key));
  fresh.cluster.loseHsmDuring({ during, by: 'failure' });
  const act = (): unknown =>
    during === 'wrap'
      ? fresh.session.wrapKey('CKM_AES_KEY_WRAP', key, key)
      : fresh.session.unwrapKey('CKM_AES_KEY_WRAP', key, wrapped, aes);
  expect(act()).toBe('CKR_DEVICE_ERROR');
  expect(act()).not.toBe('CKR_DEVICE_ERROR');
  expect(cluster.hsms).toHaveLength(2);
});

interface Wrapping extends Vector {
  readonly key: string;
  readonly msg: string;
  readonly ct: string;
}

const { absent, reason } = absence(['aes_wrap_test', 'aes_kwp_test']);
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

test.skipIf(absent).each([
  ['aes_wrap_test', 'CKM_AES_KEY_WRAP', 16],
  ['aes_kwp_test', 'CKM_AES_KEY_WRAP_PAD', 1],
] as const)(`Project Wycheproof, %s${reason}`, async (file, mechanism, shortest) => {
  const { session: fresh } = await token();
  for (const { tcId, key, msg, ct, result } of groupsOf<{ tests: readonly Wrapping[] }>(file).flatMap(
    ({ tests }) => tests,
  )) {
    const handle = ok(fresh.createObject({ ...aes, CKA_VALUE: fromHex(key) }));
    const outcome = fresh.unwrapKey(mechanism, handle, fromHex(ct), generic);
    const isTaken = result !== 'invalid' && msg.length >= 2 * shortest;
    expect([tcId, typeof outcome === 'number']).toEqual([tcId, isTaken]);
    if (typeof outcome === 'number') expect(fresh.wrapKey(mechanism, handle, outcome)).toEqual(fromHex(ct));
  }
});
