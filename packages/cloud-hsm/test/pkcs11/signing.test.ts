// Signatures and MACs by mechanism, judged by node:crypto and by Project Wycheproof.

import { constants, createHash, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { absence, groupsOf, type Vector } from '../../../hsm-core/test/published-vectors.ts';
import type { Mechanism, SigningMechanism } from '../../src/pkcs11/mechanisms.ts';
import { ecParameters } from '../../src/pkcs11/objects.ts';
import { ok } from '../../src/pkcs11/return-codes.ts';
import { bytes } from '../clusters.ts';
import { generic, privateUse, publicUse, token } from './tokens.ts';

const { cluster, session } = await token();
const data = bytes(100, 8);
const base64url = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('base64url');
// Near the front: of a digest that is longer than the order, ECDSA takes the front only.
const spoilt = (octets: Uint8Array): Uint8Array => octets.with(1, (octets[1] ?? 0) ^ 1);

function agree(
  mechanism: Mechanism<SigningMechanism>,
  pair: { publicKey: number; privateKey: number },
  input: Uint8Array,
): Uint8Array {
  const signature = ok(session.sign(mechanism, pair.privateKey, input));
  expect(session.verify(mechanism, pair.publicKey, input, signature)).toBe('CKR_OK');
  expect(session.verify(mechanism, pair.publicKey, input, spoilt(signature))).toBe('CKR_SIGNATURE_INVALID');
  expect(session.verify(mechanism, pair.publicKey, spoilt(input), signature)).toBe('CKR_SIGNATURE_INVALID');
  expect(session.verify(mechanism, pair.publicKey, input, signature.subarray(1))).toBe('CKR_SIGNATURE_LEN_RANGE');
  return signature;
}

describe('RSA', () => {
  const pair = ok(
    session.generateKeyPair('CKM_RSA_X9_31_KEY_PAIR_GEN', { CKA_MODULUS_BITS: 2048, ...publicUse }, privateUse),
  );
  const { CKA_MODULUS, CKA_PUBLIC_EXPONENT } = ok(
    session.getAttributeValue(pair.publicKey, ['CKA_MODULUS', 'CKA_PUBLIC_EXPONENT']),
  );
  const outside = createPublicKey({
    key: { kty: 'RSA', n: base64url(CKA_MODULUS), e: base64url(CKA_PUBLIC_EXPONENT) },
    format: 'jwk',
  });
  const pss = (key: KeyObject) => ({
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });

  test.each(['SHA256', 'SHA384', 'SHA512'] as const)('with %s, PKCS #1 v1.5 and PSS', (hash) => {
    expect(verify(hash, data, outside, agree(`CKM_${hash}_RSA_PKCS`, pair, data))).toBe(true);
    expect(verify(hash, data, pss(outside), agree(`CKM_${hash}_RSA_PKCS_PSS`, pair, data))).toBe(true);
    const digest = createHash(hash).update(data).digest();
    const raw = { type: 'CKM_RSA_PKCS_PSS', hash: `CKM_${hash}`, saltLength: digest.length } as const;
    expect(verify(hash, data, pss(outside), agree(raw, pair, digest))).toBe(true);
  });

  test('CKM_RSA_PKCS signs a DigestInfo that the caller made', () => {
    const info = Buffer.concat([
      Buffer.from('3031300d060960864801650304020105000420', 'hex'),
      createHash('sha256').update(data).digest(),
    ]);
    expect(verify('sha256', data, outside, agree('CKM_RSA_PKCS', pair, info))).toBe(true);
    expect(session.sign('CKM_RSA_PKCS', pair.privateKey, bytes(245))).toHaveLength(256);
    expect(session.sign('CKM_RSA_PKCS', pair.privateKey, bytes(246))).toBe('CKR_DATA_LEN_RANGE');
    expect(session.verify('CKM_RSA_PKCS', pair.publicKey, bytes(246), bytes(256))).toBe('CKR_DATA_LEN_RANGE');
  });

  test('parameters that do not fit are refused', () => {
    const sign = (mechanism: Mechanism<SigningMechanism>, input = bytes(32)): unknown =>
      session.sign(mechanism, pair.privateKey, input);
    expect(sign('CKM_RSA_PKCS_PSS')).toBe('CKR_MECHANISM_PARAM_INVALID');
    expect(sign({ type: 'CKM_RSA_PKCS_PSS', hash: 'CKM_SHA256', saltLength: 20 })).toBe('CKR_MECHANISM_PARAM_INVALID');
    expect(sign({ type: 'CKM_SHA256_RSA_PKCS_PSS', hash: 'CKM_SHA384' })).toBe('CKR_MECHANISM_PARAM_INVALID');
    expect(sign({ type: 'CKM_RSA_PKCS_PSS', hash: 'CKM_SHA224' })).toBe('CKR_MECHANISM_PARAM_INVALID');
    expect(sign({ type: 'CKM_RSA_PKCS_PSS', hash: 'CKM_SHA256' }, bytes(31))).toBe('CKR_DATA_LEN_RANGE');
    expect(session.verify('CKM_RSA_PKCS_PSS', pair.publicKey, bytes(32), bytes(256))).toBe(
      'CKR_MECHANISM_PARAM_INVALID',
    );
    expect(session.sign('CKM_SHA256_RSA_PKCS', pair.publicKey, data)).toBe('CKR_KEY_TYPE_INCONSISTENT');
    expect(session.sign('CKM_ECDSA', pair.privateKey, data)).toBe('CKR_KEY_TYPE_INCONSISTENT');
  });

  test('a key that is destroyed signs no more, though it was ready for it', () => {
    const own = ok(session.generateKeyPair('CKM_RSA_PKCS_KEY_PAIR_GEN', { CKA_MODULUS_BITS: 2048 }, privateUse));
    ok(session.sign('CKM_SHA256_RSA_PKCS', own.privateKey, data));
    session.destroyObject(own.privateKey);
    expect(session.sign('CKM_SHA256_RSA_PKCS', own.privateKey, data)).toBe('CKR_KEY_HANDLE_INVALID');
  });
});

describe.each([
  ['P-256', 'P-256', 64],
  ['P-384', 'P-384', 96],
  ['P-521', 'P-521', 132],
  ['secp256k1', 'secp256k1', 64],
] as const)('ECDSA on %s', (name, crv, length) => {
  const pair = ok(
    session.generateKeyPair('CKM_EC_KEY_PAIR_GEN', { CKA_EC_PARAMS: ecParameters[name], ...publicUse }, privateUse),
  );
  const { CKA_EC_POINT = new Uint8Array() } = ok(session.getAttributeValue(pair.publicKey, ['CKA_EC_POINT']));
  const [x, y] = [CKA_EC_POINT.subarray(-length, CKA_EC_POINT.length - length / 2), CKA_EC_POINT.subarray(-length / 2)];
  const key = createPublicKey({ key: { kty: 'EC', crv, x: base64url(x), y: base64url(y) }, format: 'jwk' });
  const outside = { key, dsaEncoding: 'ieee-p1363' } as const;

  test.each(['SHA224', 'SHA256', 'SHA384', 'SHA512'] as const)('with %s, as r and s one behind the other', (hash) => {
    const signature = agree(`CKM_ECDSA_${hash}`, pair, data);
    expect(signature).toHaveLength(length);
    expect(verify(hash, data, outside, signature)).toBe(true);
    const digest = createHash(hash).update(data).digest();
    expect(verify(hash, data, outside, agree('CKM_ECDSA', pair, digest))).toBe(true);
  });

  test('nothing is no digest, and noise no signature', () => {
    expect(session.sign('CKM_ECDSA', pair.privateKey, new Uint8Array())).toBe('CKR_DATA_LEN_RANGE');
    for (const noise of [new Uint8Array(length), new Uint8Array(length).fill(0xff)])
      expect(session.verify('CKM_ECDSA_SHA256', pair.publicKey, data, noise)).toBe('CKR_SIGNATURE_INVALID');
  });
});

describe('HMAC', () => {
  const value = bytes(40, 3);
  const key = ok(session.createObject({ ...generic, CKA_VALUE: value }));

  test.each(['SHA224', 'SHA256', 'SHA384', 'SHA512'] as const)('with %s', (hash) => {
    const mac = agree(`CKM_${hash}_HMAC`, { publicKey: key, privateKey: key }, data);
    expect(Buffer.from(mac)).toEqual(createHmac(hash, value).update(data).digest());
  });

  test('a key does what its attributes say', () => {
    const only = ok(session.generateKey('CKM_GENERIC_SECRET_KEY_GEN', { CKA_VALUE_LEN: 20, CKA_VERIFY: true }));
    expect(session.sign('CKM_SHA256_HMAC', only, data)).toBe('CKR_KEY_FUNCTION_NOT_PERMITTED');
    expect(session.verify('CKM_SHA256_HMAC', only, data, bytes(32))).toBe('CKR_SIGNATURE_INVALID');
  });
});

test.each(['SHA_1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'] as const)('CKM_%s digests', (name) => {
  expect(Buffer.from(ok(session.digest(`CKM_${name}`, data)))).toEqual(
    createHash(name.replace('_', '')).update(data).digest(),
  );
});

test('an HSM lost in the middle is CKR_DEVICE_ERROR, once', () => {
  const key = ok(session.generateKey('CKM_GENERIC_SECRET_KEY_GEN', { ...generic, CKA_TOKEN: true, CKA_VALUE_LEN: 32 }));
  cluster.createHsm('us-east-1b');
  cluster.loseHsmDuring({ during: 'sign', by: 'failure' });
  expect(session.sign('CKM_SHA256_HMAC', key, data)).toBe('CKR_DEVICE_ERROR');
  const mac = ok(session.sign('CKM_SHA256_HMAC', key, data));
  cluster.createHsm('us-east-1b');
  cluster.loseHsmDuring({ during: 'verify', by: 'failure' });
  expect(session.verify('CKM_SHA256_HMAC', key, data, mac)).toBe('CKR_DEVICE_ERROR');
  expect(session.verify('CKM_SHA256_HMAC', key, data, mac)).toBe('CKR_OK');
});

interface Signed extends Vector {
  readonly msg: string;
  readonly sig: string;
}

interface RsaGroup {
  readonly publicKey: { readonly modulus: string; readonly publicExponent: string };
  readonly tests: readonly Signed[];
}

const { absent, reason } = absence([
  'rsa_signature_2048_sha256_test',
  'rsa_pss_2048_sha256_mgf1_32_test',
  'hmac_sha256_test',
]);
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

describe.skipIf(absent)(`Project Wycheproof${reason}`, () => {
  test.each([
    ['rsa_signature_2048_sha256_test', 'CKM_SHA256_RSA_PKCS'],
    ['rsa_pss_2048_sha256_mgf1_32_test', 'CKM_SHA256_RSA_PKCS_PSS'],
  ] as const)('%s', async (file, mechanism) => {
    const { session: fresh } = await token();
    for (const { publicKey, tests } of groupsOf<RsaGroup>(file)) {
      const template = { CKA_CLASS: 'CKO_PUBLIC_KEY', CKA_KEY_TYPE: 'CKK_RSA', CKA_VERIFY: true } as const;
      const CKA_MODULUS = fromHex(publicKey.modulus.replace(/^00/, ''));
      const CKA_PUBLIC_EXPONENT = fromHex(publicKey.publicExponent);
      const handle = ok(fresh.createObject({ ...template, CKA_MODULUS, CKA_PUBLIC_EXPONENT }));
      for (const { tcId, msg, sig, result } of tests.filter((one) => one.result !== 'acceptable')) {
        const isValid = fresh.verify(mechanism, handle, fromHex(msg), fromHex(sig)) === 'CKR_OK';
        expect([tcId, isValid]).toEqual([tcId, result === 'valid']);
      }
    }
  });

  test('hmac_sha256_test', async () => {
    const { session: fresh } = await token();
    interface Mac extends Vector {
      readonly key: string;
      readonly msg: string;
      readonly tag: string;
    }
    const tests = groupsOf<{ tagSize: number; tests: readonly Mac[] }>('hmac_sha256_test').filter(
      ({ tagSize }) => tagSize === 256,
    );
    for (const { tcId, key, msg, tag, result } of tests.flatMap((group) => group.tests)) {
      const handle = ok(fresh.createObject({ ...generic, CKA_VALUE: fromHex(key) }));
      expect([tcId, fresh.verify('CKM_SHA256_HMAC', handle, fromHex(msg), fromHex(tag)) === 'CKR_OK']).toEqual([
        tcId,
        result === 'valid',
      ]);
    }
  });
});
