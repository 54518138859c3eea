// Events and inventories for tests, as short as the point of a test.

import type { CloudTrailRecord, KeyRecord, TrailObject } from '@kmsim/kms';
import { emptyInventory, type Inventory } from '../src/analysis/inventory.ts';

export const account = '111122223333';
export const app = `arn:aws:iam::${account}:role/App`;

export function keyArn(digit: number | string, region = 'us-east-1', owner = account): string {
  return `arn:aws:kms:${region}:${owner}:key/${String(digit).repeat(8)}-12ab-34cd-56ef-1234567890ab`;
}

export interface EventOptions extends Partial<Omit<CloudTrailRecord, 'userIdentity' | 'resources'>> {
  readonly keys?: readonly string[];
  readonly by?: string;
  readonly via?: string;
}

let number = 0;

/** `event('Decrypt', '2026-01-01T00:00:00Z', { keys: [keyArn(1)] })` */
export function event(eventName: string, eventTime: string, options: EventOptions = {}): CloudTrailRecord {
  const { by = app, keys = [keyArn(1)], via, ...rest } = options;
  const accountId = by.split(':')[4] ?? '';
  number += 1;
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', arn: by, accountId, ...(via && { invokedBy: via }) },
    eventTime: `${new Date(eventTime).toISOString().slice(0, 19)}Z`,
    eventSource: 'kms.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    requestParameters: null,
    responseElements: null,
    eventID: `event-${number}`,
    readOnly: true,
    resources: keys.map((ARN) => ({ type: 'AWS::KMS::Key', ARN, accountId: account })),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...rest,
  };
}

export function serviceEvent(eventName: string, eventTime: string, key: string): CloudTrailRecord {
  return {
    ...event(eventName, eventTime, { keys: [key] }),
    userIdentity: { accountId: account, invokedBy: 'AWS Internal' },
    eventType: 'AwsServiceEvent',
    readOnly: false,
  };
}

export function created(
  arn: string,
  eventTime: string,
  keySpec = 'SYMMETRIC_DEFAULT',
  parameters: TrailObject = {},
): CloudTrailRecord {
  return event('CreateKey', eventTime, {
    keys: [arn],
    awsRegion: arn.split(':')[3] ?? '',
    requestParameters: parameters,
    responseElements: { keyMetadata: { arn, keySpec, keyManager: 'CUSTOMER' } },
  });
}

/** One event so many times. */
export function repeated(count: number, one: CloudTrailRecord): readonly CloudTrailRecord[] {
  return Array.from({ length: count }, () => one);
}

/** Such an event so many times, so far apart. */
export function times(
  count: number,
  first: string,
  secondsApart: number,
  make: (eventTime: string) => CloudTrailRecord,
): readonly CloudTrailRecord[] {
  return Array.from({ length: count }, (_, at) =>
    make(new Date(Date.parse(first) + at * secondsApart * 1000).toISOString()),
  );
}

export function inventory(now: string, records: Partial<Omit<Inventory, 'now'>> = {}): Inventory {
  return { ...emptyInventory(Date.parse(now)), ...records };
}

export function keyRecord(arn: string, createdAt: string, record: Partial<KeyRecord> = {}): KeyRecord {
  const [, , , region = '', owner = '', name = ''] = arn.split(':');
  return {
    arn,
    id: name.slice(4),
    account: owner,
    region,
    ordinal: 1,
    createdAt: Date.parse(createdAt),
    manager: 'CUSTOMER',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    description: '',
    enabled: true,
    replicas: undefined,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${owner}:root` }, Action: 'kms:*', Resource: '*' },
    }),
    tags: [],
    materials: [],
    currentMaterial: undefined,
    pendingMaterial: undefined,
    rotation: undefined,
    rotating: undefined,
    onDemandRotations: 0,
    deletion: undefined,
    ...record,
  };
}
