// VerifyMac: https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html

import { equalBytes } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { hmacKeyOf } from '../key-material.ts';
import type { Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { requireMacAlgorithm } from './generate-mac.ts';

export const verifyMac: Operation<'VerifyMac', KeyRecord> = {
  enter: enterKey,
  requireType: requireMacAlgorithm,
  run: (call, key) => {
    const { Mac, MacAlgorithm, Message } = call.input;
    // Recording verify-mac-wrong-message: no message.
    if (!equalBytes(hmacKeyOf(call, key)(Message), Mac)) fail('KMSInvalidMacException');
    call.stopIfDryRun();
    return { KeyId: key.arn, MacValid: true, MacAlgorithm };
  },
};
