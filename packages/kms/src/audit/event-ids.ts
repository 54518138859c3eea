// The ids of events: functions of what they are about, so that nobody has to keep them.

import type { World } from '@kmsim/world';

/** Of the event of a request in one account's trail. GetKeyLastUsage gives the key's owner the one of its own trail. */
export function eventIdOf(world: World, request: number, recipient: string): string {
  return world.uuid(`event ${recipient}`, request);
}

/** Of what the request does in another Region, where a record of its own says so. */
export function eventIdElsewhere(world: World, request: number, recipient: string, region: string): string {
  return world.uuid(`event ${recipient} ${region}`, request);
}

/** The same on all records of one request. */
export function sharedEventIdOf(world: World, request: number): string {
  return world.uuid('shared event', request);
}

export function requestIdOf(world: World, request: number): string {
  return world.uuid('request', request);
}
