// What reaches EventBridge of the events of a trail.
// https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-kms.html

import type { World } from '@kmsim/world';
import type { CloudTrailRecord, TrailObject, TrailValue } from './record.ts';

/** What KMS tells of itself. It has nothing of a record of CloudTrail. */
type KmsNotice = { readonly [Member in keyof CloudTrailRecord]?: never } & {
  readonly 'key-id': string;
  readonly 'key-origin'?: TrailValue;
  readonly 'rotation-type'?: TrailValue;
  readonly 'previous-key-material-id'?: TrailValue;
  readonly 'current-key-material-id'?: TrailValue;
};

export interface EventBridgeEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: 'aws.kms';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  /** A record of the trail, or what KMS sends by itself. */
  readonly detail: CloudTrailRecord | KmsNotice;
}

interface Notice {
  readonly detailType: string;
  /** Members of `detail`, and the members of serviceEventDetails that they come from. */
  readonly detail: Readonly<Record<string, string>>;
}

// What KMS sends by itself, by the CloudTrail event that tells of the same. The rotation's detail is that of 2025.
// https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html
const notices: Readonly<Record<string, Notice>> = {
  RotateKey: {
    detailType: 'KMS CMK Rotation',
    detail: {
      'key-origin': 'keyOrigin',
      'rotation-type': 'rotationType',
      'previous-key-material-id': 'previousKeyMaterialId',
      'current-key-material-id': 'currentKeyMaterialId',
    },
  },
  DeleteExpiredKeyMaterial: { detailType: 'KMS Imported Key Material Expiration', detail: {} },
  DeleteKey: { detailType: 'KMS CMK Deletion', detail: {} },
};

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
const delivered = {
  AwsApiCall: 'AWS API Call via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
} as const;

/** The events of one record: what KMS sends by itself, then what CloudTrail delivers. */
export function eventBridgeEventsOf(record: CloudTrailRecord, world: World): readonly EventBridgeEvent[] {
  const { awsRegion: region, eventID, eventName, eventTime: time, eventType, recipientAccountId: account } = record;
  const envelope = (kind: string): Pick<EventBridgeEvent, 'version' | 'id'> => ({
    version: '0',
    id: world.uuid(`eventbridge ${kind} ${eventID}`, 0),
  });
  const events: EventBridgeEvent[] = [];
  const notice = eventType === 'AwsServiceEvent' && Object.hasOwn(notices, eventName) ? notices[eventName] : undefined;
  if (notice !== undefined)
    events.push({
      ...envelope('notice'),
      'detail-type': notice.detailType,
      source: 'aws.kms',
      account,
      time,
      region,
      resources: (record.resources ?? []).map(({ ARN }) => ARN),
      detail: { 'key-id': keyIdOf(record), ...detailOf(record, notice) },
    });
  events.push({
    ...envelope('delivery'),
    'detail-type': delivered[eventType],
    source: 'aws.kms',
    account,
    time,
    region,
    resources: [],
    detail: record,
  });
  return events;
}

function keyIdOf({ resources }: CloudTrailRecord): string {
  const arn = resources?.[0]?.ARN ?? '';
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function detailOf({ serviceEventDetails }: CloudTrailRecord, { detail }: Notice): TrailObject {
  const found = Object.entries(detail).map(([name, member]): [string, TrailValue | undefined] => [
    name,
    serviceEventDetails?.[member],
  ]);
  return Object.fromEntries(found.filter((pair): pair is [string, TrailValue] => pair[1] !== undefined));
}
