// What an event of the trail says: its instant, its keys, who called and who pays.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

import {
  type CloudTrailRecord,
  isKeyId,
  isOperationName,
  type OperationName,
  parseArn,
  type TrailValue,
} from '@kmsim/kms';

/** Milliseconds since the epoch; to the second, as events are. */
export function instantOfEvent(event: CloudTrailRecord): number {
  return Date.parse(event.eventTime);
}

/** The operation that somebody called; undefined for what the service did by itself. */
export function calledIn({ eventName, eventType, userIdentity }: CloudTrailRecord): OperationName | undefined {
  // UpdatePrimaryRegion and ReplicateKey are written down in the other Region, too, as called by KMS.
  const isOfService = userIdentity.invokedBy === 'AWS Internal' || userIdentity.invokedBy === 'kms.amazonaws.com';
  return eventType === 'AwsApiCall' && !isOfService && isOperationName(eventName) ? eventName : undefined;
}

/** A refused call that KMS had no time for. https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html */
export function isThrottled({ errorCode }: CloudTrailRecord): boolean {
  return errorCode === 'ThrottlingException' || errorCode === 'Throttling';
}

/** It did what was asked for; a dry run did not. */
export function succeeded({ errorCode }: CloudTrailRecord): boolean {
  return errorCode === undefined;
}

/** ARNs of the keys that it is about: for ReEncrypt the source first. Aliases carry the type of a key, too. */
export function keysOf({ resources = [] }: CloudTrailRecord): readonly string[] {
  return resources.map(({ ARN }) => ARN).filter((arn) => parseArn(arn)?.kind === 'key');
}

/** The account that pays for a call and whose quotas it counts for: that of the caller, whoever owns the key. */
export function payerOf({ recipientAccountId, userIdentity }: CloudTrailRecord): string {
  return userIdentity.accountId ?? recipientAccountId;
}

/** The record of a call that the owner of the key has, where the caller has one of its own. */
export function isCopyOfOwner(event: CloudTrailRecord): boolean {
  return event.sharedEventID !== undefined && event.recipientAccountId !== payerOf(event);
}

/** ARN of whom it was: of a session the role; of a service its name. */
export function callerOfEvent({ userIdentity }: CloudTrailRecord): string {
  const issuer = memberOf(memberOf(userIdentity.sessionContext, 'sessionIssuer'), 'arn');
  return textOr(issuer) ?? userIdentity.arn ?? userIdentity.invokedBy ?? userIdentity.accountId ?? 'unknown';
}

/** The AWS service that called for somebody: `s3.amazonaws.com`. */
export function serviceOf({ userIdentity }: CloudTrailRecord): string | undefined {
  return userIdentity.invokedBy?.endsWith('.amazonaws.com') ? userIdentity.invokedBy : undefined;
}

/** A text among the parameters of the request. */
export function parameterOf({ requestParameters }: CloudTrailRecord, name: string): string | undefined {
  return textOr(memberOf(requestParameters, name));
}

const contextNames = ['encryptionContext', 'sourceEncryptionContext', 'destinationEncryptionContext'] as const;

/** The encryption contexts of a request, pair by pair. */
export function contextPairsOf({ requestParameters }: CloudTrailRecord): readonly (readonly [string, string])[] {
  return contextNames.flatMap((name) => {
    const context = memberOf(requestParameters, name);
    if (typeof context !== 'object' || context === null || Array.isArray(context)) return [];
    return Object.entries(context).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    );
  });
}

/** Whether a request names its key by an id, or by an ARN that ends with one: an alias would do. */
export function isKeyIdentifier(name: string): boolean {
  const arn = parseArn(name);
  return isKeyId(arn === undefined ? name : arn.kind === 'key' ? arn.name : '');
}

export function memberOf(value: TrailValue | undefined, name: string): TrailValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as { readonly [member: string]: TrailValue })[name] : undefined;
}

function textOr(value: TrailValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
