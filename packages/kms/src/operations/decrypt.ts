// Decrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html

import { fail } from '../api/errors.ts';
import { enterCiphertext, refuseGrantTokens, requireAlgorithm, type Source } from '../enter.ts';
import { type Call, notBuilt, type Operation } from '../operation.ts';
import { resolveKey } from '../state/resolve.ts';
import { dryRunIgnoresCiphertext, openWith, refuseAsymmetric } from '../symmetric.ts';

export const decrypt: Operation<'Decrypt', Source> = {
  enter: (call) => {
    const { input } = call;
    const { CiphertextBlob, EncryptionAlgorithm = 'SYMMETRIC_DEFAULT', KeyId, Recipient } = input;
    if (dryRunIgnoresCiphertext(input)) return enterWithoutCiphertext(call, KeyId);
    if (CiphertextBlob === undefined) return missing('ciphertextBlob');
    if (Recipient !== undefined) throw notBuilt('attested recipients');
    refuseGrantTokens(call);
    const source = enterCiphertext(call, { blob: CiphertextBlob, keyName: KeyId, algorithm: EncryptionAlgorithm });
    const { key } = source;
    call.subjects.key = KeyId === undefined ? { resource: key.arn, key, hidden: true } : { resource: key.arn, key };
    return source;
  },
  requireType: ({ input }, { key }) => requireAlgorithm(key, input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT'),
  run: (call, source) => {
    const { EncryptionAlgorithm = 'SYMMETRIC_DEFAULT', EncryptionContext } = call.input;
    if (dryRunIgnoresCiphertext(call.input)) call.stopIfDryRun();
    refuseAsymmetric(source.key, EncryptionAlgorithm, EncryptionContext);
    const Plaintext = openWith(call, source, EncryptionContext);
    call.stopIfDryRun();
    return { KeyId: source.key.arn, Plaintext, EncryptionAlgorithm, KeyMaterialId: source.found?.materialId };
  },
};

// The permissions of a key can be asked for without a ciphertext at hand.
function enterWithoutCiphertext(call: Call<'Decrypt'>, keyId: string | undefined): Source {
  if (keyId === undefined) return missing('keyId');
  refuseGrantTokens(call);
  const key = resolveKey(call, keyId, 'any');
  call.subjects.key = { resource: key.arn, key };
  return { key, blob: new Uint8Array(), found: undefined };
}

/** A member that only some requests can do without, in the words of the reader. */
export function missing(member: string): never {
  return fail(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
