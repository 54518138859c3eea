// Encrypt: AES-GCM with the external key.

import { encodeBase64 } from '../base64.ts';
import { failure, isFailure } from '../errors.ts';
import { encryptForms, readBytes, readConstant } from '../fields.ts';
import { integrityValue } from '../framing.ts';
import type { KeyOperation } from './operation.ts';

interface Input {
  readonly plaintext: Uint8Array;
  readonly aad: Uint8Array;
  readonly withIntegrityValue: boolean;
}

const integrityAlgorithm = 'ciphertextDataIntegrityValueAlgorithm';

export const encrypt: KeyOperation<Input> = {
  read: (body) => {
    const withIntegrityValue = Object.hasOwn(body, integrityAlgorithm);
    const wrong =
      readConstant(body, 'encryptionAlgorithm', 'AES_GCM') ??
      (withIntegrityValue ? readConstant(body, integrityAlgorithm, 'SHA_256') : undefined);
    if (wrong !== undefined) return wrong;
    const bytes = readBytes(body, encryptForms);
    if (isFailure(bytes)) return bytes;
    return { plaintext: bytes.plaintext, aad: bytes.additionalAuthenticatedData, withIntegrityValue };
  },
  // The integrity value promises that the ciphertext can be decrypted, so a key that may not decrypt cannot give one.
  needs: ({ withIntegrityValue }) => (withIntegrityValue ? ['ENCRYPT', 'DECRYPT'] : ['ENCRYPT']),
  run: (keys, keyId, { aad, plaintext, withIntegrityValue }) => {
    const sealed = keys.seal(keyId, aad, plaintext);
    const answer = {
      authenticationTag: encodeBase64(sealed.tag),
      ciphertext: encodeBase64(sealed.ciphertext),
      ciphertextMetadata: encodeBase64(sealed.metadata),
      initializationVector: encodeBase64(sealed.iv),
    };
    if (!withIntegrityValue) return answer;
    // First the value, then the trial: what changes in between must not go unseen (appendix C).
    const ciphertextDataIntegrityValue = integrityValue(aad, sealed);
    if (keys.open(keyId, aad, sealed) === undefined)
      return failure('InternalException', 'The ciphertext cannot be decrypted again.');
    return { ...answer, ciphertextDataIntegrityValue };
  },
};
