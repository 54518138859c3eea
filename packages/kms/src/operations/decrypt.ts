// Decrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html

import { fail } from '../api/errors.ts';
import { enterRecipient, sealForRecipient } from '../attestation/recipient.ts';
import { decryptWith, requireEncryptionAlgorithm } from '../encryption.ts';
import { enterCiphertext, enterWithoutCiphertext } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { Source } from '../source.ts';
import { dryRunIgnoresCiphertext } from '../symmetric.ts';

export const decrypt: Operation<'Decrypt', Source> = {
  enter: (call) => {
    const { input } = call;
    const { CiphertextBlob, EncryptionAlgorithm = 'SYMMETRIC_DEFAULT', KeyId } = input;
    enterRecipient(call);
    if (dryRunIgnoresCiphertext(input)) return enterWithoutCiphertext(call, KeyId ?? missing('keyId'));
    if (CiphertextBlob === undefined) return missing('ciphertextBlob');
    return enterCiphertext(call, { blob: CiphertextBlob, keyName: KeyId, algorithm: EncryptionAlgorithm });
  },
  requireType: ({ input }, { key }) => requireEncryptionAlgorithm(key, input.EncryptionAlgorithm),
  run: (call, source) => {
    const { EncryptionAlgorithm = 'SYMMETRIC_DEFAULT', EncryptionContext } = call.input;
    if (dryRunIgnoresCiphertext(call.input)) call.stopIfDryRun();
    const Plaintext = decryptWith(call, source, EncryptionAlgorithm, EncryptionContext);
    call.stopIfDryRun();
    const KeyId = source.key.arn;
    const CiphertextForRecipient = sealForRecipient(call, Plaintext);
    // The reference: an answer to a Recipient has no KeyMaterialId.
    if (CiphertextForRecipient !== undefined) return { KeyId, EncryptionAlgorithm, CiphertextForRecipient };
    return { KeyId, Plaintext, EncryptionAlgorithm, KeyMaterialId: source.found?.materialId };
  },
};

/** A member that only some requests can do without, in the words of the reader. */
export function missing(member: string): never {
  return fail(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
