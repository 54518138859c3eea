// How the service can fail a request that is right: the names that a fault plan may raise, and what each of them does.

import { parsePrincipal } from '@kmsim/authz';
import type { FaultVocabulary } from '@kmsim/world';
import type { ErrorCode } from '../api/errors.ts';
import { type OperationName, operations } from '../api/shapes.ts';

/** Where in the corridor it happens: when the request is let in, when the work would begin, when the answer is sent. */
export type FaultStage = 'admission' | 'work' | 'answer';

export interface ServiceFaultRow {
  readonly stage: FaultStage;
  /** The service answers with this error. */
  readonly error?: { readonly code: ErrorCode; readonly message: string };
  /** The connection ends: without a word, or in the middle of the answer. */
  readonly connection?: 'reset' | 'half';
  /** Nothing without a delay. */
  readonly slow?: true;
}

// https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html
export const throttlingMessage =
  'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.';

const error = (stage: FaultStage, code: ErrorCode, message: string): ServiceFaultRow => ({
  stage,
  error: { code, message },
});

// No recording has the texts of the three server errors: they are those of the API reference, without "The request was rejected because".
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html#API_Decrypt_Errors
const rows = {
  ThrottlingException: error('admission', 'ThrottlingException', throttlingMessage),
  KMSInternalException: error(
    'work',
    'KMSInternalException',
    'An internal exception occurred. The request can be retried.',
  ),
  DependencyTimeoutException: error(
    'work',
    'DependencyTimeoutException',
    'The system timed out while trying to fulfill the request. You can retry the request.',
  ),
  KeyUnavailableException: error(
    'work',
    'KeyUnavailableException',
    'The specified KMS key was not available. You can retry the request.',
  ),
  // The request never arrives, so nothing happens.
  ConnectionReset: { stage: 'admission', connection: 'reset' },
  // It is done, and whoever asked does not hear of it.
  AnswerLost: { stage: 'answer', connection: 'reset' },
  HalfAnswer: { stage: 'answer', connection: 'half' },
  SlowAnswer: { stage: 'answer', slow: true },
} as const satisfies Readonly<Record<string, ServiceFaultRow>>;

export const serviceFaultRows: Readonly<Record<string, ServiceFaultRow>> = rows;
export const serviceFaultNames: readonly string[] = Object.keys(rows);

const common: readonly ErrorCode[] = ['ThrottlingException'];
const operationNames = Object.keys(operations) as OperationName[];

/** Whether requests of an operation can fail so: an error of the service must be one of those that the API's model lists for it. */
export function canFail(operation: OperationName, raise: string): boolean {
  const code = Object.hasOwn(rows, raise) ? serviceFaultRows[raise]?.error?.code : undefined;
  if (code === undefined || common.includes(code)) return Object.hasOwn(rows, raise);
  return (operations[operation].errors as readonly ErrorCode[]).includes(code);
}

/** What a fault plan for the service may name. */
export function faultVocabulary(regions?: readonly string[]): FaultVocabulary {
  return {
    operations: operationNames,
    regions,
    faults: Object.fromEntries(
      serviceFaultNames.map((raise) => [raise, operationNames.filter((operation) => canFail(operation, raise))]),
    ),
    slow: serviceFaultNames.filter((raise) => serviceFaultRows[raise]?.slow === true),
    isPrincipal: (name) => parsePrincipal(name) !== undefined,
  };
}
