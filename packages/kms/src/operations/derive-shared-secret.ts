// DeriveSharedSecret: https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html

import { keySpecs } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterRecipient, sealForRecipient } from '../attestation/recipient.ts';
import { enterKey } from '../enter.ts';
import { keyPairOf, requireAlgorithm } from '../key-material.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const deriveSharedSecret: Operation<'DeriveSharedSecret', KeyRecord> = {
  enter: (call) => {
    enterRecipient(call);
    return enterKey(call);
  },
  requireType: ({ input }, key) =>
    requireAlgorithm(key, keySpecs[key.spec].keyAgreementAlgorithms, input.KeyAgreementAlgorithm),
  run: (call, key) => {
    const { KeyAgreementAlgorithm, PublicKey } = call.input;
    const SharedSecret = keyPairOf(call, key).agree(KeyAgreementAlgorithm, PublicKey);
    // Recording derive-shared-secret, of bytes that are no key: no message. A key of another curve is nothing better.
    if (typeof SharedSecret === 'string') fail('ValidationException');
    call.stopIfDryRun();
    const answer = { KeyId: key.arn, KeyAgreementAlgorithm, KeyOrigin: key.origin };
    const CiphertextForRecipient = sealForRecipient(call, SharedSecret);
    return CiphertextForRecipient === undefined ? { ...answer, SharedSecret } : { ...answer, CiphertextForRecipient };
  },
};
