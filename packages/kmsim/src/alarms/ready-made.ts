// The alarms that people write for KMS, one row each.
// https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-creating-cloudwatch-alarm.html
// https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html (CloudWatch.7: DisableKey and ScheduleKeyDeletion)

import type { AlarmRule } from './alarm-rule.ts';
import { unusualVolume } from './unusual-volume.ts';
import { when } from './when.ts';

/** What happens is enough: whoever tried and was refused is seen by the alarm for denials. */
const done = { errorCode: false } as const;

export const readyMadeAlarms: readonly AlarmRule[] = [
  when({ ...done, name: 'key deletion scheduled', operation: 'ScheduleKeyDeletion', per: 'key' }),
  // The text that the guide for this alarm filters by.
  when({
    name: 'use of a key pending deletion',
    errorCode: 'KMSInvalidStateException',
    where: ({ errorMessage = '' }) => /is pending (?:replica )?deletion/.test(errorMessage),
    per: 'key',
  }),
  when({ ...done, name: 'key disabled', operation: 'DisableKey', per: 'key' }),
  when({ ...done, name: 'key policy changed', operation: 'PutKeyPolicy', per: 'key' }),
  when({ ...done, name: 'imported key material deleted', operation: 'DeleteImportedKeyMaterial', per: 'key' }),
  when({
    name: 'repeated denials',
    errorCode: ['AccessDenied', 'AccessDeniedException'],
    count: 5,
    within: '5 minutes',
    per: 'principal',
  }),
  when({
    name: 'throttled',
    errorCode: ['ThrottlingException', 'Throttling'],
    count: 10,
    within: '1 minute',
    per: 'principal',
  }),
  unusualVolume(),
];
