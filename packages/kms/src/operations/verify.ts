// Verify: https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html

import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { keyPairOf } from '../key-material.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { refuseMessage, requireSigningAlgorithm } from './sign.ts';

export const verify: Operation<'Verify', KeyRecord> = {
  enter: enterKey,
  requireType: requireSigningAlgorithm,
  run: (call, key) => {
    const { Message, MessageType = 'RAW', Signature, SigningAlgorithm } = call.input;
    // The length of a digest before the signature (recordings sign-verify-*).
    const valid = keyPairOf(call, key).verify(SigningAlgorithm, MessageType, Message, Signature);
    if (typeof valid === 'string') refuseMessage(valid, MessageType, SigningAlgorithm);
    if (!valid) fail('KMSInvalidSignatureException');
    call.stopIfDryRun();
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm };
  },
};
