// Encrypting and decrypting under a key of whatever kind, in the words of KMS.

import { type EncryptionAlgorithm, keySpecs } from '@kmsim/hsm-core';
import { fail } from './api/errors.ts';
import { keyPairOf, requireAlgorithm } from './key-material.ts';
import type { Call } from './operation.ts';
import type { Source } from './source.ts';
import type { KeyRecord } from './state/records.ts';
import { type Context, openWith, sealWith } from './symmetric.ts';

export function requireEncryptionAlgorithm(key: KeyRecord, algorithm: EncryptionAlgorithm = 'SYMMETRIC_DEFAULT'): void {
  requireAlgorithm(key, keySpecs[key.spec].encryptionAlgorithms, algorithm);
}

/** The ciphertext of Encrypt and ReEncrypt. */
export function encryptWith(
  call: Call,
  key: KeyRecord,
  algorithm: EncryptionAlgorithm,
  context: Context,
  plaintext: Uint8Array,
): Uint8Array {
  if (algorithm === 'SYMMETRIC_DEFAULT') return sealWith(call, key, 'encrypt', context, plaintext);
  refuseContext(context);
  const max = keySpecs[key.spec].maxPlaintext[algorithm] ?? 0;
  const ciphertext =
    plaintext.length > max
      ? 'too long'
      : keyPairOf(call, key).encrypt(algorithm, plaintext, (length) => call.random.draw(length));
  // Recordings encrypt-too-large-*.
  if (ciphertext === 'too long') {
    fail(
      'ValidationException',
      `Algorithm ${algorithm} and key spec ${key.spec} cannot encrypt data larger than ${max} bytes.`,
    );
  }
  return ciphertext;
}

/** The plaintext, or InvalidCiphertextException without a message, whatever the reason. */
export function decryptWith(call: Call, source: Source, algorithm: EncryptionAlgorithm, context: Context): Uint8Array {
  if (algorithm === 'SYMMETRIC_DEFAULT') return openWith(call, source, context);
  refuseContext(context);
  return keyPairOf(call, source.key).decrypt(algorithm, source.blob) ?? fail('InvalidCiphertextException');
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html (EncryptionContext). The words are not recorded.
function refuseContext(context: Context): void {
  if (context !== undefined && context.size > 0)
    fail('ValidationException', 'EncryptionContext is not supported by asymmetric KMS keys.');
}
