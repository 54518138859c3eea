// The names of operations and errors as people write them who look for events, and as CloudTrail does.

import { operationRows, serviceRows, trailErrorCode, trailErrorCodes } from '@kmsim/kms';
import { nearest } from './did-you-mean.ts';
import { KmsimError } from './kmsim-error.ts';
import { shown } from './option-forms.ts';

// Logs have both words for a call that came too often.
const otherWords: Readonly<Record<string, string>> = { Throttling: 'ThrottlingException' };

const errorWords: readonly string[] = [...trailErrorCodes, ...Object.keys(otherWords)];
const operationWords: readonly string[] = [...Object.keys(operationRows), ...Object.keys(serviceRows)];

/** One word for an error, whichever of its two was written: `AccessDenied` and `AccessDeniedException` are the same. */
export function errorWord(code: string): string {
  return Object.hasOwn(otherWords, code) ? (otherWords[code] ?? code) : trailErrorCode(code);
}

/** Raises InvalidOption for a code that no error of KMS has; `besides` may stand in its place. */
export function requireErrorCode(what: string, code: string, besides: readonly string[] = []): void {
  if (errorWords.includes(code) || besides.includes(code)) return;
  const meant = nearest(code, [...errorWords, ...besides]);
  const instead = meant === undefined ? 'The codes are those of the API, and AccessDenied.' : `Did you mean ${meant}?`;
  throw new KmsimError('InvalidOption', `${what}: no error of KMS has the code ${shown(code)}. ${instead}`);
}

/** The operation without the prefix that it has in policies. Raises InvalidOption for what KMS neither does nor is asked for. */
export function operationWord(what: string, written: string): string {
  const name = written.startsWith('kms:') ? written.slice('kms:'.length) : written;
  if (operationWords.includes(name)) return name;
  const meant = nearest(name, operationWords);
  throw new KmsimError(
    'InvalidOption',
    `${what}: KMS has no operation ${shown(written)}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
  );
}
