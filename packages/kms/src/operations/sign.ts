// Sign: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html

import { keySpecs, type MessageFault, type SigningAlgorithm } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { keyPairOf, requireAlgorithm } from '../key-material.ts';
import type { Call, Operation } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';

export const sign: Operation<'Sign', KeyRecord> = {
  enter: enterKey,
  requireType: requireSigningAlgorithm,
  run: (call, key) => {
    const { Message, MessageType = 'RAW', SigningAlgorithm } = call.input;
    const Signature = keyPairOf(call, key).sign(SigningAlgorithm, MessageType, Message, (length) =>
      call.random.draw(length),
    );
    if (typeof Signature === 'string') refuseMessage(Signature, MessageType, SigningAlgorithm);
    call.stopIfDryRun();
    return { KeyId: key.arn, Signature, SigningAlgorithm };
  },
};

export function requireSigningAlgorithm({ input }: Call<'Sign' | 'Verify'>, key: KeyRecord): void {
  requireAlgorithm(key, keySpecs[key.spec].signingAlgorithms, input.SigningAlgorithm);
}

/** Recordings sign-verify-*: a digest of another length. The words for the other faults are not recorded. */
export function refuseMessage(fault: MessageFault, type: string, algorithm: SigningAlgorithm): never {
  if (fault === 'wrong type')
    fail('ValidationException', `MessageType ${type} is not supported for algorithm ${algorithm}.`);
  if (type === 'DIGEST') fail('ValidationException', `Digest is invalid length for algorithm ${algorithm}.`);
  fail('ValidationException', `Message of type ${type} is invalid length for algorithm ${algorithm}.`);
}
