// The rows of RSA's algorithms: each one verified outside, and everything from one seed the same wherever it runs.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keySpecs } from '../src/key-specs.ts';
import {
  grow,
  type RsaEncryptionAlgorithm,
  type RsaPrivateKey,
  type RsaSigningAlgorithm,
  rsaEncryptions,
  rsaParameters,
  rsaSignings,
  spki,
  toPkcs8,
} from '../src/rsa.ts';
import type { MessageForm } from '../src/signing.ts';
import { openssl, opensslAbsent, opensslReason } from './openssl-command.ts';
import { provesWithOpenssl } from './proof.ts';
import { bytes, hex, keyOf, native, rsaBackends, seed, specs } from './rsa/backends.ts';

const signings = Object.keys(rsaSignings) as RsaSigningAlgorithm[];
const encryptions = Object.keys(rsaEncryptions) as RsaEncryptionAlgorithm[];
const message = bytes(500, 5);

test.each(specs)('%s: the rows are the algorithms and the limits of the key spec', (spec) => {
  expect([...signings].sort()).toEqual([...keySpecs[spec].signingAlgorithms].sort());
  expect(encryptions).toEqual(keySpecs[spec].encryptionAlgorithms);
  for (const algorithm of encryptions) {
    const { encrypt, randomLength } = rsaEncryptions[algorithm];
    const limit = keySpecs[spec].maxPlaintext[algorithm] ?? 0;
    const key = keyOf(spec, native);
    expect(encrypt(key, bytes(limit), bytes(randomLength))).toHaveLength(key.publicKey.length);
    expect(encrypt(key, bytes(limit + 1), bytes(randomLength))).toBe('too long');
  }
});

/** The forms of a row; RSA knows both a message and its digest. */
function formsOf(algorithm: RsaSigningAlgorithm): Record<'RAW' | 'DIGEST', MessageForm<RsaPrivateKey>> {
  const { RAW, DIGEST, ...others } = rsaSignings[algorithm].forms;
  if (RAW === undefined || DIGEST === undefined) throw new Error('A form is missing.');
  expect(others).toEqual({});
  return { RAW, DIGEST };
}

function sign(key: RsaPrivateKey, algorithm: RsaSigningAlgorithm): Uint8Array {
  return formsOf(algorithm).RAW.sign(key, message, bytes(rsaSignings[algorithm].randomLength, 77));
}

/** What the rows are to others: the digest, and whether the padding is PSS. */
const outside: Readonly<Record<RsaSigningAlgorithm, { digest: string; pss: boolean }>> = {
  RSASSA_PKCS1_V1_5_SHA_256: { digest: 'sha256', pss: false },
  RSASSA_PKCS1_V1_5_SHA_384: { digest: 'sha384', pss: false },
  RSASSA_PKCS1_V1_5_SHA_512: { digest: 'sha512', pss: false },
  RSASSA_PSS_SHA_256: { digest: 'sha256', pss: true },
  RSASSA_PSS_SHA_384: { digest: 'sha384', pss: true },
  RSASSA_PSS_SHA_512: { digest: 'sha512', pss: true },
};

describe.each(specs)('%s', (spec) => {
  const key = keyOf(spec, native);
  const publicKey = crypto.createPublicKey({ key: Buffer.from(spki(key)), format: 'der', type: 'spki' });

  test.each(signings)('%s verifies with node:crypto, and on every backend', (algorithm) => {
    const signature = sign(key, algorithm);
    const { digest, pss } = outside[algorithm];
    const padding = pss ? crypto.constants.RSA_PKCS1_PSS_PADDING : crypto.constants.RSA_PKCS1_PADDING;
    const saltLength = crypto.constants.RSA_PSS_SALTLEN_DIGEST;
    expect(crypto.verify(digest, message, { key: publicKey, padding, saltLength }, signature)).toBe(true);
    const { RAW, DIGEST } = formsOf(algorithm);
    const hashed = Uint8Array.from(crypto.createHash(digest).update(message).digest());
    for (const backend of rsaBackends) {
      const verifying = keyOf(spec, backend);
      expect(RAW.verify(verifying, message, signature)).toBe(true);
      expect(RAW.verify(verifying, message.subarray(1), signature)).toBe(false);
      expect(DIGEST.verify(verifying, hashed, signature)).toBe(true);
      expect(DIGEST.verify(verifying, hashed.with(0, (hashed[0] ?? 0) ^ 1), signature)).toBe(false);
    }
    // A message and its digest have one signature.
    expect(DIGEST.length).toBe(hashed.length);
    expect(hex(DIGEST.sign(key, hashed, bytes(rsaSignings[algorithm].randomLength, 77)))).toBe(hex(signature));
    const others = signings.filter((name) => name !== algorithm);
    expect(others.filter((other) => formsOf(other).RAW.verify(key, message, signature))).toEqual([]);
    provesWithOpenssl(algorithm);
  });

  test.skipIf(opensslAbsent).each(signings)(`%s verifies with OpenSSL${opensslReason}`, (algorithm) => {
    const files = { key: spki(key), signature: sign(key, algorithm), message, other: message.subarray(1) };
    const { digest, pss } = outside[algorithm];
    const padding = pss ? ['rsa_padding_mode:pss', 'rsa_pss_saltlen:digest'] : ['rsa_padding_mode:pkcs1'];
    const options = padding.flatMap((option) => ['-sigopt', option]);
    const verify = (content: string): boolean =>
      openssl(['dgst', `-${digest}`, ...options, '-verify', 'key', '-signature', 'signature', content], files).accepted;
    expect([verify('message'), verify('other')]).toEqual([true, false]);
  });

  test.skipIf(opensslAbsent).each(encryptions)(`%s goes to OpenSSL and comes from it${opensslReason}`, (algorithm) => {
    const { encrypt, decrypt, randomLength } = rsaEncryptions[algorithm];
    const hash = { RSAES_OAEP_SHA_1: 'sha1', RSAES_OAEP_SHA_256: 'sha256' }[algorithm];
    const options = ['rsa_padding_mode:oaep', `rsa_oaep_md:${hash}`, `rsa_mgf1_md:${hash}`].flatMap((option) => [
      '-pkeyopt',
      option,
    ]);
    const plaintext = message.subarray(0, 150);
    const ciphertext = encrypt(key, plaintext, bytes(randomLength, 77));
    if (typeof ciphertext === 'string') expect.fail(ciphertext);
    const files = { private: toPkcs8(key), public: spki(key), ciphertext, plaintext };
    const opened = openssl(
      ['pkeyutl', '-decrypt', '-inkey', 'private', '-keyform', 'DER', '-in', 'ciphertext', ...options],
      files,
    );
    expect(hex(opened.output)).toBe(hex(plaintext));
    const sealed = openssl(
      ['pkeyutl', '-encrypt', '-pubin', '-inkey', 'public', '-keyform', 'DER', '-in', 'plaintext', ...options],
      files,
    );
    for (const backend of rsaBackends) expect(decrypt(keyOf(spec, backend), sealed.output)).toEqual(plaintext);
  });
});

test.each(rsaBackends)(
  'one seed has one digest over keys, signatures and ciphertexts of all sizes: $name',
  (backend) => {
    const digest = crypto.createHash('sha256');
    for (const spec of specs) {
      const key = grow(seed, rsaParameters[spec], backend);
      digest.update(toPkcs8(key)).update(spki(key));
      for (const algorithm of signings) digest.update(sign(key, algorithm));
      for (const algorithm of encryptions) {
        const { encrypt, randomLength } = rsaEncryptions[algorithm];
        digest.update(encrypt(key, message.subarray(0, 100), bytes(randomLength, 9)));
      }
    }
    expect(digest.digest('hex')).toBe('ba00fa178bbc21df416f7224cee8e8098b024f8ae64ab7b42c46c8850bb6f21f');
  },
);
