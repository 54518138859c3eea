// The records of a call: one for the caller's account, one for the account of each key that it used, one for each other Region it works in.
// https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html

import type { World } from '@kmsim/world';
import type { CallEntry } from './call-entry.ts';
import { trailErrorCode } from './error-codes.ts';
import { eventIdElsewhere, eventIdOf, requestIdOf, sharedEventIdOf } from './event-ids.ts';
import { eventSource, eventVersion } from './event-source.ts';
import type { CloudTrailRecord, TrailIdentity, TrailObject } from './record.ts';
import { resourcesOf } from './resources.ts';
import type { Parameter } from './trail-row.ts';
import { timeText, trailValue } from './trail-value.ts';
import { serviceName, type Who } from './who.ts';

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (userAgent: 1 KB)
const longestUserAgent = 1024;

/** How a call of this process looks where a real one has an address and a program. */
const here = { address: '127.0.0.1', program: 'kmsim' } as const;

export function recordsOf(entry: CallEntry, world: World, who: Who): readonly CloudTrailRecord[] {
  const { caller, now, row } = entry;
  const [recipient, ...owners] = recipientsOf(entry);
  const about = whatHappened(entry);
  const record = (recipientAccountId: string, userIdentity: TrailIdentity): CloudTrailRecord =>
    assemble(entry, world, { ...about, userIdentity, recipientAccountId, isShared: owners.length > 0 });
  const identity = who.called(caller, now);
  const records = [record(recipient, identity), ...owners.map((owner) => record(owner, who.calledFromOutside(caller)))];
  if (row.elsewhere === undefined || entry.errorCode !== undefined) return records;
  const { region, ...there } = row.elsewhere(entry);
  const { resources: _, ...rest } = assemble(entry, world, {
    ...about,
    userIdentity: { ...identity, invokedBy: eventSource },
    recipientAccountId: recipient,
    isShared: false,
  });
  return [
    ...records,
    { ...rest, ...there, awsRegion: region, eventID: eventIdElsewhere(world, entry.request, recipient, region) },
  ];
}

/** The caller's account first. A service belongs to none: its calls are told to the account that it works for. */
function recipientsOf({ caller, destinationKey, isPermitted, key }: CallEntry): readonly [string, ...string[]] {
  const owners = new Set<string>();
  const own = caller.principal.account;
  for (const each of [key, destinationKey]) if (each !== undefined) owners.add(each.account);
  if (own === '') {
    const [first = caller.source?.account ?? '', ...others] = owners;
    return [first, ...others];
  }
  owners.delete(own);
  return isPermitted ? [own, ...owners] : [own];
}

type About = Pick<CloudTrailRecord, 'errorCode' | 'errorMessage' | 'requestParameters' | 'responseElements'> &
  Pick<CloudTrailRecord, 'additionalEventData' | 'resources'>;

function whatHappened(entry: CallEntry): About {
  const { audit, errorCode, row } = entry;
  const answered = errorCode === undefined;
  const isToldMore = answered || (row.isAdditionalOfFailures === true && !entry.isDenied);
  const additional = { ...(isToldMore ? row.additional?.(entry) : undefined), ...audit };
  // A refusal does not tell what is there.
  const resources = row.resources === undefined || entry.isDenied ? undefined : resourcesOf(entry, row.resources);
  const errorMessage = messageOf(entry);
  return {
    ...(errorCode !== undefined && { errorCode: trailErrorCode(errorCode) }),
    ...(errorMessage !== undefined && { errorMessage }),
    // Records of refusals that people show have none.
    requestParameters: entry.isDenied ? null : parametersOf(entry),
    responseElements: (answered ? row.response?.(entry) : undefined) ?? null,
    ...(Object.keys(additional).length > 0 && { additionalEventData: additional }),
    ...(resources !== undefined && { resources }),
  };
}

// ValidationException repeats what was sent. Nothing else of the members that no record has may stand there: then there is no message.
const repeatsToken = /at '(?:grantTokens?|importToken|xksProxyAuthenticationCredential|keyStorePassword)\b/;

function messageOf({ errorMessage }: CallEntry): string | undefined {
  return errorMessage !== undefined && repeatsToken.test(errorMessage) ? undefined : errorMessage;
}

function parametersOf(entry: CallEntry): TrailObject | null {
  if (entry.row.parameters === undefined || !entry.isRead) return null;
  const shown = Object.fromEntries(
    entry.row.parameters.flatMap((parameter) => {
      const value = trailValue(sent(entry, parameter)) ?? parameter.otherwise;
      return value === undefined ? [] : [[parameter.name, value]];
    }),
  );
  return Object.keys(shown).length === 0 ? null : shown;
}

function sent(entry: CallEntry, { from }: Parameter): unknown {
  for (const member of from) {
    const value = entry.sent(member);
    if (value !== undefined) return value;
  }
  return undefined;
}

interface Assembled extends About {
  readonly userIdentity: TrailIdentity;
  readonly recipientAccountId: string;
  readonly isShared: boolean;
}

// In the order of real records.
function assemble(
  { caller, now, operation, request, row }: CallEntry,
  world: World,
  { isShared, recipientAccountId, resources, userIdentity, ...about }: Assembled,
): CloudTrailRecord {
  const { client, endpoint, principal, region, sourceIp, via } = caller;
  const service = principal.kind === 'service' ? principal.arn : via && serviceName(via.service);
  return {
    eventVersion,
    userIdentity,
    eventTime: timeText(now),
    eventSource,
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: service ?? sourceIp ?? client?.address ?? here.address,
    userAgent: service ?? client?.userAgent?.slice(0, longestUserAgent) ?? here.program,
    ...about,
    requestID: requestIdOf(world, request),
    eventID: eventIdOf(world, request, recipientAccountId),
    readOnly: row.readOnly,
    ...(resources !== undefined && { resources }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId,
    ...(isShared && { sharedEventID: sharedEventIdOf(world, request) }),
    ...(endpoint !== undefined && service === undefined && { vpcEndpointId: endpoint }),
    eventCategory: 'Management',
    ...(client?.host !== undefined && service === undefined && { tlsDetails: tlsOf(client.host) }),
  };
}

// What real SDKs negotiate. The doors of kmsim have no TLS; the service that they stand for has no other.
function tlsOf(clientProvidedHostHeader: string): TrailObject {
  return { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader };
}
