// What the service answers, judged by node:crypto as an application uses it.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nativePostQuantumAbsent, nativePostQuantumReason } from '../../../hsm-core/test/family-backends.ts';
import { hex, Keys, octets } from '../asymmetric-keys.ts';
import { TestEngine, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import type { PairSpec } from '../operations/data-key-pair-suite.ts';
import { mlKemCases } from '../operations/ml-kem-cases.ts';
import { signingCases } from '../operations/signing-cases.ts';

await librariesLoaded();

const engine = new TestEngine();
const keys = new Keys(engine);

const publicKeyFrom = (der: Uint8Array | undefined): crypto.KeyObject =>
  crypto.createPublicKey({ key: Buffer.from(der ?? []), format: 'der', type: 'spki' });
const privateKeyFrom = (der: Uint8Array | undefined): crypto.KeyObject =>
  crypto.createPrivateKey({ key: Buffer.from(der ?? []), format: 'der', type: 'pkcs8' });
const publicKeyOf = (KeyId: string): crypto.KeyObject =>
  publicKeyFrom(engine.call('GetPublicKey', { KeyId }).PublicKey);

describe('every signature verifies under the public key', () => {
  const rows = signingCases.filter(({ hash, spec }) => hash !== undefined && spec !== 'SM2');

  test.each(rows)('$spec with $algorithm', ({ algorithm, hash = null, spec, types }) => {
    const { key } = keys.of(spec, 'SIGN_VERIFY');
    const publicKey = publicKeyOf(key.Arn);
    const pss = {
      padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
      saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST,
    };
    const options = { key: publicKey, ...(algorithm.startsWith('RSASSA_PSS') && pss) };
    const message = octets(300);
    const input = { KeyId: key.Arn, SigningAlgorithm: algorithm };
    const signatures = [engine.call('Sign', { ...input, Message: message }).Signature];
    if ('DIGEST' in types) {
      const Message = crypto.hash(hash ?? '', message, 'buffer');
      signatures.push(engine.call('Sign', { ...input, Message, MessageType: 'DIGEST' }).Signature);
    }
    for (const signature of signatures) {
      expect(crypto.verify(hash, message, options, signature ?? expect.fail())).toBe(true);
      expect(crypto.verify(hash, octets(299), options, signature ?? expect.fail())).toBe(false);
    }
  });
});

describe('what was encrypted outside Decrypt opens', () => {
  test.each([
    ['RSA_2048', 'RSAES_OAEP_SHA_1', 'sha1', 214],
    ['RSA_2048', 'RSAES_OAEP_SHA_256', 'sha256', 190],
    ['RSA_3072', 'RSAES_OAEP_SHA_256', 'sha256', 318],
    ['RSA_4096', 'RSAES_OAEP_SHA_256', 'sha256', 446],
  ] as const)('%s with %s', (spec, EncryptionAlgorithm, oaepHash, limit) => {
    const { key } = keys.of(spec, 'ENCRYPT_DECRYPT');
    const publicKey = publicKeyOf(key.Arn);
    const padding = crypto.constants.RSA_PKCS1_OAEP_PADDING;
    // OAEP can carry nothing at all, which Encrypt does not take and Decrypt gives.
    for (const length of [0, 1, limit]) {
      const CiphertextBlob = crypto.publicEncrypt({ key: publicKey, padding, oaepHash }, octets(length));
      const { Plaintext } = engine.call('Decrypt', { KeyId: key.Arn, CiphertextBlob, EncryptionAlgorithm });
      expect(hex(Plaintext)).toBe(hex(octets(length)));
    }
    const otherPadding = crypto.publicEncrypt(
      { key: publicKey, padding: crypto.constants.RSA_PKCS1_PADDING },
      octets(9),
    );
    const input = { KeyId: key.Arn, CiphertextBlob: otherPadding, EncryptionAlgorithm };
    expect(engine.refusal('Decrypt', input)).toEqual({ code: 'InvalidCiphertextException', message: undefined });
  });

  // With a label, as some libraries do: KMS has none.
  test('a label makes it another ciphertext', () => {
    const { key } = keys.of('RSA_2048', 'ENCRYPT_DECRYPT');
    const oaepLabel = Buffer.from('label');
    const CiphertextBlob = crypto.publicEncrypt(
      { key: publicKeyOf(key.Arn), oaepHash: 'sha256', oaepLabel },
      octets(9),
    );
    const input = { KeyId: key.Arn, CiphertextBlob, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
    expect(engine.refusal('Decrypt', input).code).toBe('InvalidCiphertextException');
  });

  test('an empty plaintext can be encrypted again under a symmetric key', () => {
    const { key } = keys.of('RSA_2048', 'ENCRYPT_DECRYPT');
    const symmetric = keys.of('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT').key;
    const { CiphertextBlob } = engine.call('ReEncrypt', {
      CiphertextBlob: crypto.publicEncrypt({ key: publicKeyOf(key.Arn), oaepHash: 'sha256' }, octets(0)),
      SourceKeyId: key.Arn,
      SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      DestinationKeyId: symmetric.Arn,
    });
    expect(engine.call('Decrypt', { CiphertextBlob }).Plaintext).toHaveLength(0);
  });
});

describe('data key pairs work outside', () => {
  const pair = (KeyPairSpec: PairSpec): { privateKey: crypto.KeyObject; publicKey: crypto.KeyObject } => {
    const { key } = keys.of('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT');
    const made = engine.call('GenerateDataKeyPair', { KeyId: key.Arn, KeyPairSpec });
    return { privateKey: privateKeyFrom(made.PrivateKeyPlaintext), publicKey: publicKeyFrom(made.PublicKey) };
  };

  test.each<[PairSpec, string | null]>([
    ['RSA_2048', 'sha256'],
    ['RSA_3072', 'sha256'],
    ['ECC_NIST_P256', 'sha256'],
    ['ECC_NIST_P384', 'sha384'],
    ['ECC_NIST_P521', 'sha512'],
    ['ECC_SECG_P256K1', 'sha256'],
    ['ECC_NIST_EDWARDS25519', null],
  ])('%s signs and verifies', (spec, hash) => {
    const { privateKey, publicKey } = pair(spec);
    const signature = crypto.sign(hash, utf8('m'), privateKey);
    expect(crypto.verify(hash, utf8('m'), publicKey, signature)).toBe(true);
    expect(crypto.verify(hash, utf8('n'), publicKey, signature)).toBe(false);
  });

  test('RSA_2048 opens what was encrypted to it', () => {
    const { privateKey, publicKey } = pair('RSA_2048');
    const sealed = crypto.publicEncrypt({ key: publicKey, oaepHash: 'sha256' }, utf8('secret'));
    expect(crypto.privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, sealed).toString()).toBe('secret');
  });

  test.each(['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'] as const)(
    '%s agrees with a key of the service',
    (spec) => {
      const { key } = keys.of(spec, 'KEY_AGREEMENT');
      const { privateKey, publicKey } = pair(spec);
      const PublicKey = publicKey.export({ type: 'spki', format: 'der' });
      const input = { KeyId: key.Arn, KeyAgreementAlgorithm: 'ECDH', PublicKey } as const;
      const secret = crypto.diffieHellman({ privateKey, publicKey: publicKeyOf(key.Arn) });
      expect(hex(engine.call('DeriveSharedSecret', input).SharedSecret)).toBe(hex(secret));
    },
  );
});

interface Encapsulating {
  encapsulate(key: crypto.KeyObject): { readonly sharedKey: Buffer; readonly ciphertext: Buffer };
  decapsulate(key: crypto.KeyObject, ciphertext: Uint8Array): Buffer;
}

const kem = crypto as unknown as Encapsulating;

describe.skipIf(nativePostQuantumAbsent)(`post-quantum keys in a Node that has them${nativePostQuantumReason}`, () => {
  test.each(['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'] as const)('%s: signatures verify', (spec) => {
    const { key } = keys.of(spec, 'SIGN_VERIFY');
    const input = { KeyId: key.Arn, Message: octets(300), SigningAlgorithm: 'ML_DSA_SHAKE_256' } as const;
    const { Signature = expect.fail() } = engine.call('Sign', input);
    const publicKey = publicKeyOf(key.Arn);
    expect(publicKey.asymmetricKeyType).toBe(spec.toLowerCase().replaceAll('_', '-'));
    expect(crypto.verify(null, octets(300), publicKey, Signature)).toBe(true);
    expect(crypto.verify(null, octets(299), publicKey, Signature)).toBe(false);
  });

  test.each(mlKemCases)('%s: each opens what the other encapsulated', (spec) => {
    const { key } = keys.of(spec, 'ENCAPSULATE_DECAPSULATE');
    const { ciphertext, sharedKey } = kem.encapsulate(publicKeyOf(key.Arn));
    const asked = { KeyId: key.Arn, EncapsulationAlgorithm: 'ML_KEM' } as const;
    const opened = engine.call('Decapsulate', { ...asked, SharedSecretCiphertextBlob: ciphertext });
    expect(hex(opened.SharedSecret)).toBe(hex(sharedKey));
    const symmetric = keys.of('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT').key;
    const pair = engine.call('GenerateDataKeyPair', { KeyId: symmetric.Arn, KeyPairSpec: spec as PairSpec });
    const theirs = kem.encapsulate(publicKeyFrom(pair.PublicKey));
    const secret = kem.decapsulate(privateKeyFrom(pair.PrivateKeyPlaintext), theirs.ciphertext);
    expect(hex(secret)).toBe(hex(theirs.sharedKey));
  });
});
