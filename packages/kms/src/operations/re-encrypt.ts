// ReEncrypt: https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html

import { decryptWith, encryptWith, requireEncryptionAlgorithm } from '../encryption.ts';
import { enterCiphertext, enterWithoutCiphertext } from '../enter.ts';
import type { Operation } from '../operation.ts';
import type { Source } from '../source.ts';
import { showsMaterial } from '../state/new-key.ts';
import type { KeyRecord } from '../state/records.ts';
import { resolveKey } from '../state/resolve.ts';
import { dryRunIgnoresCiphertext } from '../symmetric.ts';
import { missing } from './decrypt.ts';

interface Both {
  readonly source: Source;
  readonly destination: KeyRecord;
}

export const reEncrypt: Operation<'ReEncrypt', Both> = {
  enter: (call) => {
    const { input } = call;
    const { CiphertextBlob, DestinationKeyId, SourceEncryptionAlgorithm = 'SYMMETRIC_DEFAULT', SourceKeyId } = input;
    const source = dryRunIgnoresCiphertext(input)
      ? enterWithoutCiphertext(call, SourceKeyId ?? missing('sourceKeyId'))
      : enterCiphertext(call, {
          blob: CiphertextBlob ?? missing('ciphertextBlob'),
          keyName: SourceKeyId,
          algorithm: SourceEncryptionAlgorithm,
        });
    const destination = resolveKey(call, DestinationKeyId, 'any');
    call.subjects.destinationKey = { resource: destination.arn, key: destination };
    return { source, destination };
  },
  requireType: ({ input }, { source, destination }) => {
    requireEncryptionAlgorithm(source.key, input.SourceEncryptionAlgorithm);
    requireEncryptionAlgorithm(destination, input.DestinationEncryptionAlgorithm);
  },
  run: (call, { source, destination }) => {
    const { SourceEncryptionAlgorithm = 'SYMMETRIC_DEFAULT', DestinationEncryptionAlgorithm = 'SYMMETRIC_DEFAULT' } =
      call.input;
    const { SourceEncryptionContext, DestinationEncryptionContext } = call.input;
    if (dryRunIgnoresCiphertext(call.input)) call.stopIfDryRun();
    const plaintext = decryptWith(call, source, SourceEncryptionAlgorithm, SourceEncryptionContext);
    const CiphertextBlob = encryptWith(
      call,
      destination,
      DestinationEncryptionAlgorithm,
      DestinationEncryptionContext,
      plaintext,
    );
    plaintext.fill(0);
    call.stopIfDryRun();
    return {
      CiphertextBlob,
      SourceKeyId: source.key.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm,
      DestinationEncryptionAlgorithm,
      SourceKeyMaterialId: source.found?.materialId,
      ...(showsMaterial(destination) && { DestinationKeyMaterialId: destination.currentMaterial }),
    };
  },
};
