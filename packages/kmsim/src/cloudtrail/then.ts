// What came of a call when it was made, as far as it can be compared.

import type { KmsEvent } from './event.ts';

export type Then =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied' }
  /** An error behind the permission: of the key's state, of what was sent. */
  | { readonly kind: 'error'; readonly code: string }
  /** What no policy decides and no replay repeats. */
  | { readonly kind: 'incomparable'; readonly reason: string };

// CloudTrail writes AccessDenied, the API AccessDeniedException; records have either.
const denials = new Set(['AccessDenied', 'AccessDeniedException', 'NotAuthorized', 'Client.UnauthorizedOperation']);

const incomparable: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/Throttl|RequestLimitExceeded|LimitExceeded|TooManyRequests/, 'throttling and quotas'],
  [/Internal|Unavailable|DependencyTimeout|^Xks|CloudHsm|CustomKeyStore/, 'faults of the service'],
  [/Token|Signature|UnrecognizedClient|RequestExpired|OptIn|InvalidClientTokenId/, 'credentials and tokens'],
];

export function thenOf({ errorCode }: Pick<KmsEvent, 'errorCode'>): Then {
  if (errorCode === undefined) return { kind: 'allowed' };
  // "The request would have succeeded."
  if (errorCode.startsWith('DryRunOperation')) return { kind: 'allowed' };
  if (denials.has(errorCode)) return { kind: 'denied' };
  // Data of the call, whatever else its name says.
  if (errorCode === 'KMSInvalidSignatureException') return { kind: 'error', code: errorCode };
  const row = incomparable.find(([pattern]) => pattern.test(errorCode));
  return row === undefined ? { kind: 'error', code: errorCode } : { kind: 'incomparable', reason: row[1] };
}
