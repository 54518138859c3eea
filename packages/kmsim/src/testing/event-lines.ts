// Events as lines of a failure message.

import { printable } from '@kmsim/authz';
import type { CloudTrailRecord } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';

const most = 10;
const longest = 240;

/** The newest events of all. */
export function lastEvents(sim: Kmsim): readonly string[] {
  const { events } = sim.trail;
  if (events.length === 0) return ['There are no events: nobody called this simulation.'];
  return [`The last of ${counted(events.length, 'event')}:`, ...eventLines(events)];
}

/** The newest of these, a line each. */
export function eventLines(events: readonly CloudTrailRecord[]): readonly string[] {
  return events.slice(-most).map((event) => cut(`  ${eventLine(event)}`));
}

function eventLine(event: CloudTrailRecord): string {
  const { errorCode, errorMessage, eventName, eventTime, userIdentity } = event;
  const { arn, invokedBy = '' } = userIdentity;
  const parts = [eventTime, eventName.padEnd(16), arn === undefined ? invokedBy : shortName(arn), ...subjectOf(event)];
  if (errorCode !== undefined) parts.push(errorMessage === undefined ? errorCode : `${errorCode}: ${errorMessage}`);
  return parts.join('  ');
}

function subjectOf({ requestParameters, resources = [] }: CloudTrailRecord): readonly string[] {
  const sent = ['keyId', 'targetKeyId', 'aliasName'].map((name) => requestParameters?.[name]);
  const names = [...sent, ...resources.map(({ ARN }) => ARN)].filter((name) => typeof name === 'string');
  const contexts = ['encryptionContext', 'sourceEncryptionContext', 'destinationEncryptionContext'].flatMap((name) => {
    const context = requestParameters?.[name];
    return context === undefined ? [] : [JSON.stringify(context)];
  });
  return [...new Set(names.map(shortName)), ...contexts];
}

/** `role/Orders` of arn:aws:iam::000000000000:role/Orders. */
export function shortName(name: string): string {
  return name.startsWith('arn:') ? name.split(':').slice(5).join(':') : name;
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function cut(line: string): string {
  const text = printable(line);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
