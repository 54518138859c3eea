// GetPublicKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html

import { type KeySpec, keySpecs } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, Keys, type Usage, userOf } from '../asymmetric-keys.ts';
import { delegatingTo, ours, stranger, TestEngine, theirs } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';

await librariesLoaded();

aboutKey({
  operation: 'GetPublicKey',
  key: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'any',
  otherAccounts: true,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
});

const engine = new TestEngine();
const keys = new Keys(engine);

const rsaSignings = [
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
];
const oaep = { EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] };
const ecdh = { KeyAgreementAlgorithms: ['ECDH'] };
const kem = { EncapsulationAlgorithms: ['ML_KEM'] };

// The beginning of each SubjectPublicKeyInfo up to the key itself, in hexadecimal, and its bytes in all: RFC 3279 section 2.3.1,
// RFC 5480 section 2, RFC 8410 section 4, RFC 9881 section 4, RFC 9935 section 4, GB/T 33560.
const rows: readonly (readonly [KeySpec, Usage, algorithms: object, prefix: string, length: number])[] = [
  [
    'RSA_2048',
    'SIGN_VERIFY',
    { SigningAlgorithms: rsaSignings },
    '30820122300d06092a864886f70d01010105000382010f00',
    294,
  ],
  ['RSA_2048', 'ENCRYPT_DECRYPT', oaep, '30820122300d06092a864886f70d01010105000382010f00', 294],
  [
    'RSA_3072',
    'SIGN_VERIFY',
    { SigningAlgorithms: rsaSignings },
    '308201a2300d06092a864886f70d01010105000382018f00',
    422,
  ],
  ['RSA_3072', 'ENCRYPT_DECRYPT', oaep, '308201a2300d06092a864886f70d01010105000382018f00', 422],
  [
    'RSA_4096',
    'SIGN_VERIFY',
    { SigningAlgorithms: rsaSignings },
    '30820222300d06092a864886f70d01010105000382020f00',
    550,
  ],
  ['RSA_4096', 'ENCRYPT_DECRYPT', oaep, '30820222300d06092a864886f70d01010105000382020f00', 550],
  [
    'ECC_NIST_P256',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ECDSA_SHA_256'] },
    '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
    91,
  ],
  ['ECC_NIST_P256', 'KEY_AGREEMENT', ecdh, '3059301306072a8648ce3d020106082a8648ce3d03010703420004', 91],
  [
    'ECC_NIST_P384',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ECDSA_SHA_384'] },
    '3076301006072a8648ce3d020106052b8104002203620004',
    120,
  ],
  ['ECC_NIST_P384', 'KEY_AGREEMENT', ecdh, '3076301006072a8648ce3d020106052b8104002203620004', 120],
  [
    'ECC_NIST_P521',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ECDSA_SHA_512'] },
    '30819b301006072a8648ce3d020106052b81040023038186000400',
    158,
  ],
  ['ECC_NIST_P521', 'KEY_AGREEMENT', ecdh, '30819b301006072a8648ce3d020106052b81040023038186000400', 158],
  [
    'ECC_SECG_P256K1',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ECDSA_SHA_256'] },
    '3056301006072a8648ce3d020106052b8104000a03420004',
    88,
  ],
  [
    'ECC_NIST_EDWARDS25519',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'] },
    '302a300506032b6570032100',
    44,
  ],
  [
    'ML_DSA_44',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ML_DSA_SHAKE_256'] },
    '30820532300b060960864801650304031103820521',
    1334,
  ],
  [
    'ML_DSA_65',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ML_DSA_SHAKE_256'] },
    '308207b2300b0609608648016503040312038207a1',
    1974,
  ],
  [
    'ML_DSA_87',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['ML_DSA_SHAKE_256'] },
    '30820a32300b060960864801650304031303820a21',
    2614,
  ],
  ['ML_KEM_512', 'ENCAPSULATE_DECAPSULATE', kem, '30820332300b060960864801650304040103820321', 822],
  ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE', kem, '308204b2300b0609608648016503040402038204a1', 1206],
  ['ML_KEM_1024', 'ENCAPSULATE_DECAPSULATE', kem, '30820632300b060960864801650304040303820621', 1590],
  [
    'SM2',
    'SIGN_VERIFY',
    { SigningAlgorithms: ['SM2DSA'] },
    '3059301306072a8648ce3d020106082a811ccf5501822d03420004',
    91,
  ],
  [
    'SM2',
    'ENCRYPT_DECRYPT',
    { EncryptionAlgorithms: ['SM2PKE'] },
    '3059301306072a8648ce3d020106082a811ccf5501822d03420004',
    91,
  ],
  ['SM2', 'KEY_AGREEMENT', ecdh, '3059301306072a8648ce3d020106082a811ccf5501822d03420004', 91],
];

test('there is a row for every usage of every asymmetric spec', () => {
  const pairs = Object.values(keySpecs)
    .filter(({ asymmetric }) => asymmetric)
    .flatMap(({ spec, usages }) => usages.map((usage) => `${spec} ${usage}`));
  expect(rows.map(([spec, usage]) => `${spec} ${usage}`).sort()).toEqual(pairs.sort());
});

describe.each(rows)('%s for %s', (KeySpec, KeyUsage, algorithms, prefix, length) => {
  const { by, key } = keys.of(KeySpec, KeyUsage);

  test('answers with the public key, spec, usage and the algorithms of the usage, and nothing else', () => {
    const answer = engine.call('GetPublicKey', { KeyId: key.KeyId ?? '' }, by);
    expect(answer).toStrictEqual({
      KeyId: key.Arn,
      PublicKey: expect.any(Uint8Array),
      CustomerMasterKeySpec: KeySpec,
      KeySpec,
      KeyUsage,
      ...algorithms,
    });
    expectOwnBytes(answer.PublicKey, length);
    // 00 or 01 begins the 521 bits of a coordinate of P-521.
    expect(
      hex(answer.PublicKey)
        .replace(/^(30819b.*?818600040)[01]/, '$10')
        .startsWith(prefix),
    ).toBe(true);
  });

  test('is the same every time, whatever was done to an answer', () => {
    const ask = () => engine.call('GetPublicKey', { KeyId: key.Arn }, by);
    const first = ask();
    const before = hex(first.PublicKey);
    first.PublicKey?.fill(0);
    (first.SigningAlgorithms as string[] | undefined)?.splice(0);
    expect(hex(ask().PublicKey)).toBe(before);
    expect(ask()).toMatchObject(algorithms);
  });
});

test.each<KeySpec>(['ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'ML_DSA_44', 'SM2', 'RSA_2048'])(
  'two %s keys have two public keys, and keep them in a snapshot',
  (KeySpec) => {
    const fresh = new TestEngine();
    const by = userOf(fresh, KeySpec);
    const [one, two] = [1, 2].map(() => fresh.createKey({ KeySpec, KeyUsage: 'SIGN_VERIFY' }, by).Arn);
    const ask = (from: TestEngine, KeyId = ''): string => hex(from.call('GetPublicKey', { KeyId }, by).PublicKey);
    const before = new TestEngine({ snapshot: fresh.snapshot() });
    const all = [one, two].map((arn) => ask(fresh, arn));
    expect(new Set(all).size).toBe(2);
    // A snapshot that was taken before the pairs were grown, and one after.
    for (const again of [before, new TestEngine({ snapshot: fresh.snapshot() })])
      expect([one, two].map((arn) => ask(again, arn))).toEqual(all);
  },
);

// The class is in the reference; see docs/decisions/key-pairs.md.
test.each([
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
  ['HMAC_224', 'GENERATE_VERIFY_MAC'],
  ['HMAC_512', 'GENERATE_VERIFY_MAC'],
] as const)('a %s key has no public key', (spec, usage) => {
  const { key } = keys.of(spec, usage);
  expect(engine.refusal('GetPublicKey', { KeyId: key.Arn })).toEqual({
    code: 'UnsupportedOperationException',
    message: undefined,
  });
});

test('nor has an AWS managed key', () => {
  expect(engine.error('GetPublicKey', { KeyId: 'alias/aws/s3' }).code).toBe('UnsupportedOperationException');
});

test('another account reads the public key of a key it may use', () => {
  const fresh = new TestEngine();
  const Policy = delegatingTo(ours, theirs);
  const { Arn } = fresh.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT', Policy });
  const theirsIs = fresh.call('GetPublicKey', { KeyId: Arn }, stranger);
  expect(theirsIs).toEqual(fresh.call('GetPublicKey', { KeyId: Arn }));
});
