// From an event to what a rule saw.

import type { CloudTrailRecord } from '@kmsim/kms';
import { callerOfEvent, memberOf } from '../analysis/trail-event.ts';
import type { Evidence, Sighting } from './finding.ts';
import type { Subject } from './subject.ts';

/** An event as evidence; `text` must show nothing secret. */
export function seenIn(event: CloudTrailRecord, text: string): Evidence {
  return { text: `${text}, by ${callerOfEvent(event)}`, eventID: event.eventID, eventTime: event.eventTime };
}

/** The sightings that an event makes. */
export function eachEvent(
  look: (event: CloudTrailRecord) => readonly Sighting[],
): (subject: Subject) => readonly Sighting[] {
  return ({ events }) => events.flatMap(look);
}

/** Whether a parameter of a request is true. */
export function isSet({ requestParameters }: CloudTrailRecord, name: string): boolean {
  return memberOf(requestParameters, name) === true;
}
