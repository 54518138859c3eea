// DeriveSharedSecret: https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html

import * as crypto from 'node:crypto';
import type { KeySpec } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { expectOwnBytes, hex, Keys, octets, spoilt } from '../asymmetric-keys.ts';
import { AttestingEngine, opened } from '../attestation/recipients.ts';
import { TestEngine, texts } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { aboutKey } from './key-suite.ts';

await librariesLoaded();

const peerOf = (namedCurve: string): crypto.KeyPairKeyObjectResult => crypto.generateKeyPairSync('ec', { namedCurve });
const spkiOf = (key: crypto.KeyObject): Uint8Array => Uint8Array.from(key.export({ type: 'spki', format: 'der' }));
const p256 = spkiOf(peerOf('prime256v1').publicKey);

aboutKey({
  operation: 'DeriveSharedSecret',
  key: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' },
  prepare: () => (KeyId) => ({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: p256 }),
  names: 'any',
  otherAccounts: true,
  disabled: 'DisabledException',
  pendingDeletion: 'KMSInvalidStateException',
  pendingImport: 'KMSInvalidStateException',
  used: true,
  invalidArn: 'NotFoundException',
});

const engine = new TestEngine();
const keys = new Keys(engine);
// Recording derive-shared-secret: no message.
const refused = { code: 'ValidationException', message: undefined };

const curves: readonly (readonly [KeySpec, namedCurve: string | undefined, length: number])[] = [
  ['ECC_NIST_P256', 'prime256v1', 32],
  ['ECC_NIST_P384', 'secp384r1', 48],
  ['ECC_NIST_P521', 'secp521r1', 66],
  // Node makes no SM2 keys that agree.
  ['SM2', undefined, 32],
];

describe.each(curves)('%s', (spec, _curve, length) => {
  const { by, key } = keys.of(spec, 'KEY_AGREEMENT');
  const other = engine.createKey({ KeySpec: spec, KeyUsage: 'KEY_AGREEMENT' }, by);
  const publicKeyOf = (KeyId: string): Uint8Array =>
    engine.call('GetPublicKey', { KeyId }, by).PublicKey ?? expect.fail('no public key');
  const input = { KeyId: key.Arn, KeyAgreementAlgorithm: 'ECDH', PublicKey: publicKeyOf(other.Arn) } as const;

  test('answers with key ARN, secret, algorithm and origin, and nothing else', () => {
    const answer = engine.call('DeriveSharedSecret', input, by);
    expect(answer).toStrictEqual({
      KeyId: key.Arn,
      SharedSecret: expect.any(Uint8Array),
      KeyAgreementAlgorithm: 'ECDH',
      KeyOrigin: 'AWS_KMS',
    });
    expectOwnBytes(answer.SharedSecret, length);
  });

  test('both sides derive one secret, and with itself a key derives another', () => {
    const theirs = { ...input, KeyId: other.Arn, PublicKey: publicKeyOf(key.Arn) };
    const [ours, mirrored, own] = [input, theirs, { ...input, PublicKey: publicKeyOf(key.Arn) }].map((one) =>
      hex(engine.call('DeriveSharedSecret', one, by).SharedSecret),
    );
    expect(mirrored).toBe(ours);
    expect(own).not.toBe(ours);
  });

  test('a dry run judges the public key too', () => {
    const dry = { code: 'DryRunOperationException', message: texts.dryRun };
    expect(engine.refusal('DeriveSharedSecret', { ...input, DryRun: true }, by)).toEqual(dry);
    expect(engine.refusal('DeriveSharedSecret', { ...input, PublicKey: octets(91), DryRun: true }, by)).toEqual(
      refused,
    );
  });

  test('a key that is damaged anywhere is refused, or is a key of its own', () => {
    const { PublicKey } = input;
    for (let at = 0; at < PublicKey.length; at += at < 30 ? 1 : 7) {
      // A point with another coordinate is off the curve.
      expect(engine.refusal('DeriveSharedSecret', { ...input, PublicKey: spoilt(PublicKey, at) }, by)).toEqual(refused);
    }
  });

  test('bytes that are no public key of the curve are refused', () => {
    const { PublicKey } = input;
    const pointAt = PublicKey.length - 2 * length - 1;
    const header = PublicKey.subarray(0, pointAt);
    const others: Readonly<Record<string, Uint8Array>> = {
      'one byte': Uint8Array.of(1),
      noise: octets(200),
      'the most that fits': new Uint8Array(8192).fill(48),
      'the bare point': PublicKey.slice(pointAt),
      'cut short': PublicKey.slice(0, -1),
      'with a byte more': Uint8Array.of(...PublicKey, 0),
      'a point of zeros': Uint8Array.of(...header, 4, ...new Uint8Array(2 * length)),
      'coordinates beyond the field': Uint8Array.of(...header, 4, ...new Uint8Array(2 * length).fill(255)),
      'the hybrid form': Uint8Array.of(...header, 6, ...PublicKey.subarray(pointAt + 1)),
      PEM: Buffer.from(`-----BEGIN PUBLIC KEY-----\n${Buffer.from(PublicKey).toString('base64')}\n`),
      'an RSA key': rsaKey,
      'an X25519 key': spkiOf(crypto.generateKeyPairSync('x25519').publicKey),
      'an Ed25519 key': spkiOf(crypto.generateKeyPairSync('ed25519').publicKey),
      'a private key': peerOf('prime256v1').privateKey.export({ type: 'pkcs8', format: 'der' }),
    };
    for (const [what, bytes] of Object.entries(others))
      expect(engine.refusal('DeriveSharedSecret', { ...input, PublicKey: bytes }, by), what).toEqual(refused);
  });

  test('a key of any other curve is refused', () => {
    const known = crypto.getCurves();
    const names = ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1', 'SM2', 'brainpoolP256r1', 'secp224r1'];
    const others = names.filter(
      (name) => known.includes(name) && !(name === _curve || (name === 'SM2' && spec === 'SM2')),
    );
    expect(others.length).toBeGreaterThan(2);
    for (const name of others) {
      const PublicKey = spkiOf(peerOf(name).publicKey);
      expect(engine.refusal('DeriveSharedSecret', { ...input, PublicKey }, by), name).toEqual(refused);
    }
  });
});

const rsaKey = spkiOf(crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);

describe.each(curves.filter(([, curve]) => curve !== undefined))('%s and a key of node:crypto', (spec, curve = '') => {
  const { by, key } = keys.of(spec, 'KEY_AGREEMENT');
  const ours = engine.call('GetPublicKey', { KeyId: key.Arn }, by).PublicKey ?? expect.fail();
  const { privateKey, publicKey } = peerOf(curve);
  const input = { KeyId: key.Arn, KeyAgreementAlgorithm: 'ECDH' } as const;
  const secret = crypto.diffieHellman({
    privateKey,
    publicKey: crypto.createPublicKey({ key: Buffer.from(ours), format: 'der', type: 'spki' }),
  });

  test('derive one secret', () => {
    const { SharedSecret } = engine.call('DeriveSharedSecret', { ...input, PublicKey: spkiOf(publicKey) }, by);
    expect(hex(SharedSecret)).toBe(hex(secret));
  });

  // RFC 5480 section 2.2: a compressed point may be supported. kmsim does.
  test('also when the point comes compressed', () => {
    const full = spkiOf(publicKey);
    const { length } = secret;
    const at = full.length - 2 * length - 1;
    // Between the lengths of the whole and of the point's bit string, which are one octet or two.
    const identifier = full.subarray(length > 63 ? 3 : 2, at - (length > 63 ? 4 : 3));
    const compressed = crypto.ECDH.convertKey(full.subarray(at), curve, undefined, undefined, 'compressed') as Buffer;
    const body = Buffer.concat([identifier, Uint8Array.of(3, compressed.length + 1, 0), compressed]);
    const PublicKey = Uint8Array.of(0x30, body.length, ...body);
    expect(hex(engine.call('DeriveSharedSecret', { ...input, PublicKey }, by).SharedSecret)).toBe(hex(secret));
  });

  // RFC 5480 section 2.1.1: specifiedCurve must not be used. CVE-2020-0601 is what comes of taking it.
  test('not when the curve comes as explicit parameters', () => {
    const explicit = crypto.generateKeyPairSync('ec', { namedCurve: curve, paramEncoding: 'explicit' }).publicKey;
    expect(engine.refusal('DeriveSharedSecret', { ...input, PublicKey: spkiOf(explicit) }, by)).toEqual(refused);
  });
});

describe('what the key cannot', () => {
  // Recording derive-shared-secret: before the public key is looked at.
  test.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
    ['ECC_NIST_P256', 'SIGN_VERIFY'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC'],
    ['SM2', 'SIGN_VERIFY'],
  ] as const)('a %s key for %s is of the wrong usage', (spec, usage) => {
    const { by, key } = keys.of(spec, usage);
    const input = { KeyId: key.Arn, KeyAgreementAlgorithm: 'ECDH', PublicKey: octets(5) } as const;
    expect(engine.refusal('DeriveSharedSecret', input, by)).toEqual({
      code: 'InvalidKeyUsageException',
      message: `${key.Arn} key usage is ${usage} which is not valid for DeriveSharedSecret.`,
    });
  });

  test.each(['ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519'] as const)('there is no %s key that agrees', (KeySpec) => {
    expect(engine.refusal('CreateKey', { KeySpec, KeyUsage: 'KEY_AGREEMENT' })).toEqual({
      code: 'ValidationException',
      message: `KeyUsage KEY_AGREEMENT is not compatible with KeySpec ${KeySpec}`,
    });
  });

  test.each([
    [0, 'greater than or equal to 1'],
    [8193, 'less than or equal to 8192'],
  ])('a public key of %i bytes has no such length', (length, words) => {
    const { key } = keys.of('ECC_NIST_P256', 'KEY_AGREEMENT');
    const input = { KeyId: key.Arn, KeyAgreementAlgorithm: 'ECDH', PublicKey: new Uint8Array(length) } as const;
    expect(engine.refusal('DeriveSharedSecret', input).message).toBe(
      `1 validation error detected: Value at 'publicKey' failed to satisfy constraint: Member must have length ${words}`,
    );
  });

  test('a Recipient alone reads the secret', () => {
    const attesting = new AttestingEngine();
    const { KeyId } = attesting.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    const input = { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: p256 } as const;
    const answer = attesting.call('DeriveSharedSecret', { ...input, Recipient: attesting.recipient() });
    expect(answer.SharedSecret).toBeUndefined();
    expect(opened(answer.CiphertextForRecipient)).toEqual(attesting.call('DeriveSharedSecret', input).SharedSecret);
  });
});
