// The codes of errors as CloudTrail writes them.

import { errorTable } from '../api/error-table.ts';

// A record of 2021 in https://github.com/aws-samples/baseline-environment-on-aws/pull/51
const codes: Readonly<Record<string, string>> = { AccessDeniedException: 'AccessDenied' };

/** What stands in a record for an error of the API; most codes stand as they are. */
export function trailErrorCode(code: string): string {
  return Object.hasOwn(codes, code) ? (codes[code] ?? code) : code;
}

/** Every code that a record can have, and the API's where it is another one. */
export const trailErrorCodes: readonly string[] = [...Object.values(codes), ...Object.keys(errorTable)];
