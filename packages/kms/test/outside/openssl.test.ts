// What the service answers, judged by the openssl command line, which shares no code with it.

import { createHash } from 'node:crypto';
import { keySpecs } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { openssl, opensslAbsent, opensslReason } from '../../../hsm-core/test/openssl-command.ts';
import { hex, Keys, octets, specsFor, spoilt, userOf } from '../asymmetric-keys.ts';
import { TestEngine, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { type PairSpec, pairSpecs } from '../operations/data-key-pair-suite.ts';
import { macCases, materialOfKey } from '../operations/mac-cases.ts';
import { signingCases } from '../operations/signing-cases.ts';

await librariesLoaded();

const engine = new TestEngine();
const keys = new Keys(engine);

// OpenSSL has the post-quantum algorithms from 3.5 on; the versions before it are the ones that most people have.
const known = new Set(['rsa', 'ecc', 'ed25519', 'sm2']);
const isKnown = (spec: keyof typeof keySpecs): boolean => known.has(keySpecs[spec].family);

function accepts(args: readonly string[], files: Readonly<Record<string, Uint8Array>>): boolean {
  return openssl(args, files).accepted;
}

// Behind the three pairs that agree, the turns at which the primes of the RSA keys come soon (asymmetric-keys.ts).
const knownPairs: readonly PairSpec[] = [
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'ECC_NIST_EDWARDS25519',
  'RSA_3072',
  'RSA_2048',
  'SM2',
];

test('every pair that it knows is asked for', () => {
  expect([...knownPairs].sort()).toEqual(pairSpecs.filter(isKnown).sort());
});

describe.skipIf(opensslAbsent)(`OpenSSL${opensslReason}`, () => {
  describe('parses every public key and writes it as it was', () => {
    const usages = ['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'KEY_AGREEMENT'] as const;
    const pairs = usages.flatMap((usage) =>
      specsFor(usage)
        .filter(isKnown)
        .map((spec) => [spec, usage] as const),
    );

    test.each(pairs)('%s for %s', (spec, usage) => {
      const { by, key } = keys.of(spec, usage);
      const { PublicKey = expect.fail() } = engine.call('GetPublicKey', { KeyId: key.Arn }, by);
      const files = { key: PublicKey };
      const again = openssl(['pkey', '-pubin', '-inform', 'DER', '-in', 'key', '-outform', 'DER', '-pubout'], files);
      expect(hex(again.output)).toBe(hex(PublicKey));
    });

    test.each(pairs.filter(([spec]) => keySpecs[spec].family !== 'rsa'))('%s for %s is on its curve', (spec, usage) => {
      const { by, key } = keys.of(spec, usage);
      const { PublicKey = expect.fail() } = engine.call('GetPublicKey', { KeyId: key.Arn }, by);
      const check = ['pkey', '-pubin', '-inform', 'DER', '-in', 'key', '-noout', '-pubcheck'];
      expect(accepts(check, { key: PublicKey })).toBe(true);
    });
  });

  describe('verifies every signature', () => {
    const forms = signingCases
      .filter(({ algorithm, spec }) => isKnown(spec) && algorithm !== 'ED25519_PH_SHA_512')
      .flatMap((row) =>
        (['RAW', 'DIGEST'] as const).filter((type) => type in row.types).map((type) => ({ ...row, type })),
      );

    test.each(forms)('$spec with $algorithm of a $type message', ({ algorithm, hash, spec, type }) => {
      const { by, key } = keys.of(spec, 'SIGN_VERIFY');
      const { PublicKey = expect.fail() } = engine.call('GetPublicKey', { KeyId: key.Arn }, by);
      const message = octets(300);
      // The digest of SM2DSA is one of the message behind an identity: its maker computes it, and here it stands for itself.
      const digest = type === 'DIGEST' && hash ? createHash(hash).update(message).digest() : octets(32);
      const Message = type === 'DIGEST' ? digest : message;
      const { Signature: signature = expect.fail() } = engine.call(
        'Sign',
        { KeyId: key.Arn, Message, MessageType: type, SigningAlgorithm: algorithm },
        by,
      );
      const padding = algorithm.startsWith('RSASSA_PSS')
        ? ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:digest']
        : [];
      const verify = [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-keyform',
        'DER',
        '-inkey',
        'key',
        '-sigfile',
        'signature',
        '-in',
      ];
      const over = (input: string, made: Uint8Array): boolean => {
        const files = { key: PublicKey, message: Message, other: spoilt(Message, 0), signature: made };
        // GM/T 0009: the identity that is meant where none is given.
        if (algorithm === 'SM2DSA' && type === 'RAW')
          return accepts([...verify, input, '-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'], files);
        if (algorithm === 'SM2DSA') return accepts([...verify, input], files);
        if (type === 'RAW')
          return accepts([...verify, input, '-rawin', ...(hash ? ['-digest', hash] : []), ...padding], files);
        return accepts([...verify, input, '-pkeyopt', `digest:${hash}`, ...padding], files);
      };
      expect(over('message', signature)).toBe(true);
      expect(over('other', signature)).toBe(false);
    });
  });

  describe('encrypts what Decrypt opens', () => {
    test.each([
      ['RSA_2048', 'RSAES_OAEP_SHA_1', 'sha1'],
      ['RSA_2048', 'RSAES_OAEP_SHA_256', 'sha256'],
      ['RSA_3072', 'RSAES_OAEP_SHA_1', 'sha1'],
      ['RSA_3072', 'RSAES_OAEP_SHA_256', 'sha256'],
      ['RSA_4096', 'RSAES_OAEP_SHA_1', 'sha1'],
      ['RSA_4096', 'RSAES_OAEP_SHA_256', 'sha256'],
      ['SM2', 'SM2PKE', undefined],
    ] as const)('%s with %s', (spec, EncryptionAlgorithm, hash) => {
      const { by, key } = keys.of(spec, 'ENCRYPT_DECRYPT');
      const { PublicKey = expect.fail() } = engine.call('GetPublicKey', { KeyId: key.Arn }, by);
      const oaep = ['rsa_padding_mode:oaep', `rsa_oaep_md:${hash}`, `rsa_mgf1_md:${hash}`];
      const options = hash === undefined ? [] : oaep.flatMap((option) => ['-pkeyopt', option]);
      for (const length of [1, 190]) {
        const { accepted, output } = openssl(
          ['pkeyutl', '-encrypt', '-pubin', '-keyform', 'DER', '-inkey', 'key', '-in', 'plain', ...options],
          { key: PublicKey, plain: octets(length) },
        );
        expect(accepted).toBe(true);
        const opened = engine.call('Decrypt', { KeyId: key.Arn, CiphertextBlob: output, EncryptionAlgorithm }, by);
        expect(hex(opened.Plaintext)).toBe(hex(octets(length)));
      }
    });
  });

  describe('derives the same secret', () => {
    test.each(['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'] as const)('%s', (spec) => {
      const { key } = keys.of(spec, 'KEY_AGREEMENT');
      const { PublicKey: ours = expect.fail() } = engine.call('GetPublicKey', { KeyId: key.Arn });
      const theirs = dataKeyPair(spec);
      const { SharedSecret } = engine.call('DeriveSharedSecret', {
        KeyId: key.Arn,
        KeyAgreementAlgorithm: 'ECDH',
        PublicKey: theirs.publicKey,
      });
      const derive = ['pkeyutl', '-derive', '-keyform', 'DER', '-inkey', 'own', '-peerform', 'DER', '-peerkey', 'peer'];
      expect(hex(openssl(derive, { own: theirs.privateKey, peer: ours }).output)).toBe(hex(SharedSecret));
    });
  });

  test.each(macCases)('makes the same MAC: %s', (spec, MacAlgorithm, hash) => {
    const secret = materialOfKey(new TestEngine(), spec);
    const fresh = new TestEngine();
    const { Arn } = fresh.createKey({ KeySpec: spec, KeyUsage: 'GENERATE_VERIFY_MAC' });
    const { Mac } = fresh.call('GenerateMac', { KeyId: Arn, Message: octets(300), MacAlgorithm });
    const mac = ['dgst', `-${hash}`, '-binary', '-mac', 'HMAC', '-macopt', `hexkey:${hex(secret)}`, 'message'];
    expect(hex(openssl(mac, { message: octets(300) }).output)).toBe(hex(Mac));
  });

  describe('reads data key pairs and works with them', () => {
    test.each(knownPairs)('%s: the private key is sound, and its public key is the other half', (spec) => {
      const { privateKey, publicKey } = dataKeyPair(spec);
      const files = { key: privateKey };
      expect(accepts(['pkey', '-inform', 'DER', '-in', 'key', '-noout', ...checkOf(spec)], files)).toBe(true);
      const told = openssl(['pkey', '-inform', 'DER', '-in', 'key', '-pubout', '-outform', 'DER'], files);
      expect(hex(told.output)).toBe(hex(publicKey));
    });

    test.each(['RSA_2048', 'SM2'] as const)(
      '%s: what was encrypted to the public key the private key opens',
      (spec) => {
        const { privateKey, publicKey } = dataKeyPair(spec);
        const options = spec === 'SM2' ? [] : ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha256'];
        const sealed = openssl(
          ['pkeyutl', '-encrypt', '-pubin', '-keyform', 'DER', '-inkey', 'key', '-in', 'plain', ...options],
          { key: publicKey, plain: utf8('secret') },
        );
        const opened = openssl(
          ['pkeyutl', '-decrypt', '-keyform', 'DER', '-inkey', 'key', '-in', 'sealed', ...options],
          { key: privateKey, sealed: sealed.output },
        );
        expect(opened.output.toString()).toBe('secret');
      },
    );
  });
});

/** Ed25519 private keys are all sound, and OpenSSL 3.0 has no check of them. */
function checkOf(spec: PairSpec): readonly string[] {
  return spec === 'ECC_NIST_EDWARDS25519' ? [] : ['-check'];
}

function dataKeyPair(KeyPairSpec: PairSpec): { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array } {
  const by = userOf(engine, KeyPairSpec);
  const { key } =
    by === userOf(engine, 'RSA_2048')
      ? keys.of('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT')
      : { key: engine.createKey({}, by) };
  const input = { KeyId: key.Arn, KeyPairSpec };
  const { PrivateKeyCiphertextBlob, PublicKey } = engine.call('GenerateDataKeyPairWithoutPlaintext', input, by);
  // As an application does: the private key comes out of Decrypt when it is needed.
  const { Plaintext } = engine.call('Decrypt', { CiphertextBlob: PrivateKeyCiphertextBlob }, by);
  return { privateKey: Plaintext ?? expect.fail(), publicKey: PublicKey ?? expect.fail() };
}
