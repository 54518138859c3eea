// What matchers look at: a simulation, its calls, and why some of them were denied.

import type { Decision } from '@kmsim/authz';
import type { CloudTrailRecord } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord, shown } from '../option-forms.ts';

export const page = 'docs/test-helpers.md';

/** A simulation, whichever copy of kmsim made it. Raises InvalidOption for everything else. */
export function simulationOf(matcher: string, received: unknown): Kmsim {
  if (isRecord(received) && isRecord(received['trail']) && typeof received['explain'] === 'function')
    return received as unknown as Kmsim;
  throw new KmsimError(
    'InvalidOption',
    `${matcher} is asked of a simulation, expect(sim), not of ${shown(received)}.`,
    {
      page,
    },
  );
}

/** What was called, each call once: one with another account's key has two records, and what the service does by itself is no call. */
export function callsOf(sim: Kmsim): readonly CloudTrailRecord[] {
  const seen = new Set<string>();
  return sim.trail.events.filter(({ requestID }) => {
    if (requestID === undefined || seen.has(requestID)) return false;
    seen.add(requestID);
    return true;
  });
}

/** Raises NoTrail where events are missing that the answer depends on. */
export function requireWhole(matcher: string, sim: Kmsim): void {
  const { dropped } = sim.trail;
  if (dropped === 0) return;
  throw new KmsimError('NoTrail', `${matcher}: the trail has dropped ${dropped} events, so nobody knows.`, {
    hint: 'Keep more, createKmsim({ trail: { keep } }), or begin anew before what you test: sim.trail.clear().',
  });
}

export interface Denial {
  readonly event: CloudTrailRecord;
  /** Undefined: nobody knows any more, or no policy was asked. */
  readonly decision: Decision | undefined;
}

export function denialsOf(sim: Kmsim, events: readonly CloudTrailRecord[]): readonly Denial[] {
  return events
    .filter(({ errorCode }) => errorCode === 'AccessDenied')
    .map((event) => ({ event, decision: sim.trail.decisionOn(event) }));
}
