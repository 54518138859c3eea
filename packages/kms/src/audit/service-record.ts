// The record of what the service did by itself.

import type { World } from '@kmsim/world';
import { eventSource, eventVersion } from './event-source.ts';
import type { CloudTrailRecord } from './record.ts';
import { keyResource } from './resources.ts';
import type { ServiceEvent, ServiceEventName } from './service-event.ts';
import { timeText } from './trail-value.ts';

interface ServiceRow {
  readonly eventType: CloudTrailRecord['eventType'];
  /** Whether responseElements name the key. */
  readonly tellsKey: boolean;
}

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html, ct-delete-key.html, ct-deleteexpiredkeymaterial.html,
// ct-synchronize-multi-region-key.html. The last one is a call that KMS makes, and has a request id.
export const serviceRows: Readonly<Record<ServiceEventName, ServiceRow>> = {
  RotateKey: { eventType: 'AwsServiceEvent', tellsKey: false },
  DeleteKey: { eventType: 'AwsServiceEvent', tellsKey: true },
  DeleteExpiredKeyMaterial: { eventType: 'AwsServiceEvent', tellsKey: false },
  SynchronizeMultiRegionKey: { eventType: 'AwsApiCall', tellsKey: true },
};

const internal = 'AWS Internal';

export function recordOfService(event: ServiceEvent, world: World): CloudTrailRecord {
  const { additional, at, details, key, name, subject } = event;
  const { eventType, tellsKey } = serviceRows[name];
  const label = `${name} ${key.arn} ${at} ${subject}`;
  return {
    eventVersion,
    userIdentity: { accountId: key.account, invokedBy: internal },
    eventTime: timeText(at),
    eventSource,
    eventName: name,
    awsRegion: key.region,
    sourceIPAddress: internal,
    userAgent: internal,
    requestParameters: null,
    responseElements: tellsKey ? { keyId: key.arn } : null,
    ...(additional !== undefined && { additionalEventData: additional }),
    ...(eventType === 'AwsApiCall' && { requestID: world.uuid(`request ${label}`, 0) }),
    eventID: world.uuid(`event ${label}`, 0),
    readOnly: false,
    resources: [keyResource(key)],
    eventType,
    managementEvent: true,
    recipientAccountId: key.account,
    ...(details !== undefined && { serviceEventDetails: details }),
    eventCategory: 'Management',
  };
}
