// A CloudTrail record as the replay needs it: read leniently, because records of twelve years and many tools are alike and not the same.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

import { isKeyId, isOnClock, partitionOf } from '@kmsim/kms';
import { isRecord } from '../option-forms.ts';

export type Members = Readonly<Record<string, unknown>>;

export interface KmsEvent {
  readonly id: string;
  /** Milliseconds since the epoch; CloudTrail tells seconds. */
  readonly at: number;
  readonly operation: string;
  readonly region: string;
  /** The account whose log it stands in. */
  readonly account: string;
  readonly identity: Members;
  readonly errorCode: string | undefined;
  readonly errorMessage: string;
  readonly parameters: Members | undefined;
  readonly response: Members | undefined;
  readonly additional: Members | undefined;
  /** ARNs of the keys it is about, the source before the destination. */
  readonly keys: readonly string[];
  readonly sourceIp: string | undefined;
  readonly endpoint: string | undefined;
  /** KMS did it by itself. */
  readonly ofService: boolean;
  /** Of a call from account to account, on the record in either log. */
  readonly sharedId: string | undefined;
}

/** Why a record is no event to replay. */
export type NoEvent = 'another service' | 'unreadable';

/** A record, or its JSON text, also in the wrappings of lookup-events, EventBridge and CloudWatch Logs. */
export function eventOf(value: unknown): KmsEvent | NoEvent {
  const record = unwrapped(value);
  if (record === undefined) return 'unreadable';
  const source = record['eventSource'];
  const operation = record['eventName'];
  const at = Date.parse(plain(record['eventTime']));
  if (typeof source !== 'string' || typeof operation !== 'string' || !isOnClock(at)) return 'unreadable';
  if (source !== 'kms.amazonaws.com') return 'another service';
  const identity = isRecord(record['userIdentity']) ? record['userIdentity'] : {};
  const region = text(record['awsRegion']) ?? '';
  const account = text(record['recipientAccountId']) ?? text(identity['accountId']) ?? '';
  const errorMessage = text(record['errorMessage']) ?? '';
  const parameters = members(record['requestParameters']);
  return {
    id: text(record['eventID']) ?? '',
    at,
    operation,
    region,
    account,
    identity,
    errorCode: text(record['errorCode']),
    errorMessage,
    parameters,
    response: members(record['responseElements']),
    additional: members(record['additionalEventData']),
    keys: keysOf(record, { account, errorMessage, parameters, region }),
    sourceIp: text(record['sourceIPAddress']),
    endpoint: text(record['vpcEndpointId']),
    sharedId: text(record['sharedEventID']),
    ofService: record['eventType'] === 'AwsServiceEvent' || isOwnWork(identity, operation),
  };
}

/** Whether the record is the one of the key's account, which is told the account of its caller and no more. */
export function isFromOutside({ identity }: Pick<KmsEvent, 'identity'>): boolean {
  return identity['type'] === 'AWSAccount' && text(identity['arn']) === undefined;
}

// What KMS does on its own account stands in the log under a name that nobody can call, or as work of kms.amazonaws.com for a caller
// whose call has an event of its own (facts of UpdatePrimaryRegion and ReplicateKey).
function isOwnWork({ invokedBy }: Members, operation: string): boolean {
  return operation === 'SynchronizeMultiRegionKey' || invokedBy === 'kms.amazonaws.com';
}

const deepest = 4;

function unwrapped(value: unknown, depth = 0): Members | undefined {
  if (depth > deepest) return undefined;
  if (typeof value === 'string') return unwrapped(parsed(value), depth + 1);
  if (!isRecord(value)) return undefined;
  if (typeof value['eventSource'] === 'string') return value;
  // lookup-events, EventBridge, filter-log-events.
  const inner = value['CloudTrailEvent'] ?? value['detail'] ?? value['message'];
  return inner === undefined ? undefined : unwrapped(inner, depth + 1);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

type Around = Pick<KmsEvent, 'account' | 'errorMessage' | 'parameters' | 'region'>;

const keyArn = /arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+/;

function keysOf({ resources }: Members, around: Around): readonly string[] {
  const listed = Array.isArray(resources) ? resources : [];
  const arns = listed.flatMap((resource) => {
    const arn = isRecord(resource) ? (resource['ARN'] ?? resource['arn']) : undefined;
    return typeof arn === 'string' && keyArn.exec(arn)?.[0] === arn ? [arn] : [];
  });
  if (arns.length > 0) return arns;
  // Refused calls and the oldest records have no resources.
  const told = keyArn.exec(around.errorMessage)?.[0] ?? keyNamed(around);
  return told === undefined ? [] : [told];
}

function keyNamed({ account, parameters = {}, region }: Around): string | undefined {
  const name = parameters['keyId'] ?? parameters['targetKeyId'] ?? parameters['sourceKeyId'];
  if (typeof name !== 'string') return undefined;
  if (keyArn.exec(name)?.[0] === name) return name;
  // An id names a key of the caller's account, whose log this is.
  return isKeyId(name) && /^\d{12}$/.test(account)
    ? `arn:${partitionOf(region)}:kms:${region}:${account}:key/${name}`
    : undefined;
}

function members(value: unknown): Members | undefined {
  return isRecord(value) ? value : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What stands there, where it is text, a number or a boolean. Of anything else nothing: its conversion could be anything, too. */
export function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
}
