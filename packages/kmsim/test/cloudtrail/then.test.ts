import { expect, test } from 'vitest';
import { thenOf } from '../../src/cloudtrail/then.ts';

test.each([
  [undefined, { kind: 'allowed' }],
  ['DryRunOperationException', { kind: 'allowed' }],
  ['AccessDenied', { kind: 'denied' }],
  ['AccessDeniedException', { kind: 'denied' }],
  ['DisabledException', { kind: 'error', code: 'DisabledException' }],
  ['KMSInvalidStateException', { kind: 'error', code: 'KMSInvalidStateException' }],
  ['KMSInvalidSignatureException', { kind: 'error', code: 'KMSInvalidSignatureException' }],
  ['ThrottlingException', { kind: 'incomparable', reason: 'throttling and quotas' }],
  ['LimitExceededException', { kind: 'incomparable', reason: 'throttling and quotas' }],
  ['KMSInternalException', { kind: 'incomparable', reason: 'faults of the service' }],
  ['XksProxyUriUnreachableException', { kind: 'incomparable', reason: 'faults of the service' }],
  ['InvalidGrantTokenException', { kind: 'incomparable', reason: 'credentials and tokens' }],
])('%s: %j', (errorCode, outcome) => {
  expect(thenOf({ errorCode })).toEqual(outcome);
});
