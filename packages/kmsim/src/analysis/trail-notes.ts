// What a report says of the events that it could not see.

import type { Run } from './inventory.ts';

/** `done`: what the report does with events. */
export function notesOnTrail(
  { dropped = 0 }: Pick<Run, 'dropped'>,
  done: 'counted' | 'measured' | 'reviewed',
): readonly string[] {
  if (dropped === 'all') return [`there is no trail: requests are not ${done}`];
  if (dropped === 0) return [];
  return [`${dropped === 1 ? '1 event is' : `${dropped} events are`} not kept any more, and not ${done}`];
}
