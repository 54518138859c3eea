// Decrypt: gives back what Encrypt was given, for the same additional data.

import { encodeBase64 } from '../base64.ts';
import { failure, isFailure } from '../errors.ts';
import { decryptForms, readBytes, readConstant } from '../fields.ts';
import type { SealedParts } from '../framing.ts';
import type { KeyOperation } from './operation.ts';

interface Input {
  readonly aad: Uint8Array;
  readonly sealed: SealedParts;
}

export const decrypt: KeyOperation<Input> = {
  read: (body) => {
    const wrong = readConstant(body, 'encryptionAlgorithm', 'AES_GCM');
    if (wrong !== undefined) return wrong;
    const bytes = readBytes(body, decryptForms);
    if (isFailure(bytes)) return bytes;
    const { authenticationTag: tag, ciphertext, ciphertextMetadata: metadata, initializationVector: iv } = bytes;
    return { aad: bytes.additionalAuthenticatedData, sealed: { ciphertext, iv, metadata, tag } };
  },
  needs: () => ['DECRYPT'],
  run: (keys, keyId, { aad, sealed }) => {
    const plaintext = keys.open(keyId, aad, sealed);
    if (plaintext !== undefined) return { plaintext: encodeBase64(plaintext) };
    return failure(
      'InvalidCiphertextException',
      'The ciphertext, its vector, tag or metadata, or the additional data do not belong together.',
    );
  },
};
