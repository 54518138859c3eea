// The records of KMS in the text of a CloudTrail log, each with members of the types that they should have.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html

import type { CloudTrailRecord, TrailIdentity, TrailObject, TrailResource } from '@kmsim/kms';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord, isText } from '../option-forms.ts';

type Members = Readonly<Record<string, unknown>>;

/** A log file, a list of records, what `aws cloudtrail lookup-events` printed, or JSON lines of one of these. Raises InvalidLog. */
export function kmsRecordsIn(text: string, name: string): readonly CloudTrailRecord[] {
  const content = text.replace(/^\ufeff/, '').trim();
  if (content === '') throw new KmsimError('InvalidLog', `${name} is empty.`);
  const values =
    parsed(content) ??
    content
      .split('\n')
      .filter(isText)
      .map((line) => lineOf(line, name));
  const all = (Array.isArray(values) ? values : [values]).flatMap((value) => listIn(value));
  return all.flatMap((value, index) => {
    const record = recordOf(value);
    if (record === undefined) throw new KmsimError('InvalidLog', `${name}: record ${index} is no CloudTrail record.`);
    return record.eventSource === 'kms.amazonaws.com' ? [record] : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function lineOf(line: string, name: string): unknown {
  const value = parsed(line);
  if (value === undefined) throw new KmsimError('InvalidLog', `${name} is neither JSON nor JSON lines.`);
  return value;
}

function listIn(value: unknown): readonly unknown[] {
  if (!isRecord(value)) return [value];
  const list = value['Records'] ?? value['Events'];
  return Array.isArray(list) ? list : [value];
}

function recordOf(given: unknown): CloudTrailRecord | undefined {
  // lookup-events has each record as text in a wrapping of its own.
  const wrapped = isRecord(given) ? given['CloudTrailEvent'] : undefined;
  const value = typeof wrapped === 'string' ? parsed(wrapped) : given;
  if (!isRecord(value)) return undefined;
  const { eventName, eventSource, eventTime } = value;
  if (!isText(eventName) || !isText(eventSource) || !isText(eventTime)) return undefined;
  if (!Number.isFinite(Date.parse(eventTime))) return undefined;
  return {
    eventVersion: textIn(value, 'eventVersion') ?? '',
    userIdentity: identityIn(value['userIdentity']),
    eventTime,
    eventSource,
    eventName,
    awsRegion: textIn(value, 'awsRegion') ?? '',
    ...texts(value, ['sourceIPAddress', 'userAgent', 'errorCode', 'errorMessage', 'requestID', 'sharedEventID']),
    requestParameters: objectIn(value['requestParameters']) ?? null,
    responseElements: objectIn(value['responseElements']) ?? null,
    ...objects(value, ['additionalEventData', 'serviceEventDetails']),
    eventID: textIn(value, 'eventID') ?? '',
    readOnly: value['readOnly'] === true,
    resources: resourcesIn(value['resources']),
    eventType: value['eventType'] === 'AwsServiceEvent' ? 'AwsServiceEvent' : 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: textIn(value, 'recipientAccountId') ?? '',
    eventCategory: 'Management',
  };
}

const identityTexts = ['type', 'principalId', 'arn', 'accountId', 'accessKeyId', 'userName', 'invokedBy'] as const;

function identityIn(value: unknown): TrailIdentity {
  if (!isRecord(value)) return {};
  const session = objectIn(value['sessionContext']);
  return { ...texts(value, identityTexts), ...(session && { sessionContext: session }) } as TrailIdentity;
}

// Older records have `arn` and no type: https://docs.aws.amazon.com/kms/latest/developerguide/ct-deletealias.html
function resourcesIn(value: unknown): readonly TrailResource[] {
  return (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
    const arn = isRecord(one) ? (textIn(one, 'ARN') ?? textIn(one, 'arn')) : undefined;
    return arn === undefined ? [] : [{ type: 'AWS::KMS::Key', ARN: arn }];
  });
}

function textIn(members: Members, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
}

function texts(members: Members, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = textIn(members, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

// What JSON.parse made of an object is one of these.
function objectIn(value: unknown): TrailObject | undefined {
  return isRecord(value) ? (value as TrailObject) : undefined;
}

function objects(members: Members, names: readonly string[]): Readonly<Record<string, TrailObject>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = objectIn(members[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
