// The instants of a Region. What a call is told and what records hold are readings of their Region's clock; what is due, messages
// and the trace go by the world's. A planned fault can make the two differ.

import type { World } from '@kmsim/world';
import type { Instant } from './state/records.ts';

/** What a Region takes an instant of the world to be. */
export function readClock({ faults }: World, region: string, instant: Instant): Instant {
  return faults?.clocks === undefined ? instant : faults.clocks.read(region, instant);
}

/** The instant of the world at which a Region's clock first shows so much. */
export function whenClockShows({ faults }: World, region: string, reading: Instant): Instant {
  return faults?.clocks === undefined ? reading : faults.clocks.when(region, reading);
}
