// What an admin port does: one row for each path. No GET changes anything.

import { createHash } from 'node:crypto';
import { decodeBase64 } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';
import type { Mark } from '../sim-marks.ts';
import { exportWorld } from '../world-file/export-world.ts';
import { eventsFrom } from './events.ts';
import type { CallSearch } from './inspector/calls.ts';
import { callFrom } from './inspector/decision.ts';
import { keyFrom, keysFrom } from './inspector/keys.ts';
import { costViewOf, overviewOf, quotasOf } from './inspector/overview.ts';
import { allUpcoming } from './inspector/upcoming.ts';
import { type Members, strangeMembers } from './members.ts';
import { type AdminAnswer, badRequest } from './refusals.ts';

export interface AdminRoom {
  readonly sim: Kmsim;
  /** Where a reset leads: the simulation as it was when the server started. */
  readonly start: Mark;
  readonly calls: CallSearch;
}

export interface AdminCall {
  /** What stands behind the question mark. */
  readonly query: URLSearchParams;
  /** Undefined for a GET. */
  readonly body: unknown;
}

type Work = (room: AdminRoom, call: AdminCall) => AdminAnswer;

export interface AdminRoute {
  readonly GET?: Work;
  readonly POST?: Work;
}

/** The path of the events as they happen: it has no end, and no row. */
export const streamPath = '/api/events/stream';

/** Paths outside /api are free: a page for people may stand there. */
export const adminRoutes: ReadonlyMap<string, AdminRoute> = new Map([
  ['/api/state', { GET: ({ sim }) => ({ value: stateOf(sim) }) }],
  ['/api/events', { GET: ({ sim }, { query }) => eventsFrom(sim, query) }],
  ['/api/clock', { GET: ({ sim }) => ({ value: clockOf(sim) }), POST: moveClock }],
  ['/api/faults', { GET: ({ sim }) => ({ value: faultsOf(sim) }), POST: setFaults }],
  ['/api/overview', { GET: ({ sim }) => ({ value: overviewOf(sim) }) }],
  ['/api/calls', { GET: ({ calls, sim }, { query }) => calls.answer(sim, query) }],
  ['/api/call', { GET: ({ sim }, { query }) => callFrom(sim, query) }],
  ['/api/keys', { GET: ({ sim }, { query }) => keysFrom(sim, query) }],
  ['/api/key', { GET: ({ sim }, { query }) => keyFrom(sim, query) }],
  ['/api/upcoming', { GET: ({ sim }) => ({ value: allUpcoming(sim) }) }],
  ['/api/quotas', { GET: ({ sim }) => ({ value: quotasOf(sim) }) }],
  ['/api/cost', { GET: ({ sim }) => ({ value: costViewOf(sim) }) }],
  ['/api/snapshot', { POST: snapshot }],
  ['/api/world', { POST: world }],
  ['/api/reset', { POST: reset }],
] satisfies [string, AdminRoute][]);

// The records as they are, without what would be due by now: a look must not be an event.
function stateOf(sim: Kmsim): object {
  const state = { ...sim.kms.state.records(), quotas: sim.kms.throttler.record() };
  const hash = createHash('sha256').update(JSON.stringify(state)).digest('hex');
  return { account: sim.account, region: sim.region, ...clockOf(sim), hash, state };
}

function clockOf({ clock, kms }: Kmsim): object {
  return { now: clock.now().toISOString(), clock: kms.world.running ? 'running' : 'still' };
}

function moveClock({ sim }: AdminRoom, { body }: AdminCall): AdminAnswer {
  const strange = strangeMembers(body, ['advance', 'to']);
  if (strange !== undefined) return { refusal: strange };
  const { advance, to } = body as { readonly advance?: string; readonly to?: string };
  if ((advance === undefined) === (to === undefined))
    return { refusal: badRequest('Say {"advance": "90 days"} or {"to": "2027-01-01T00:00:00Z"}.') };
  if (advance !== undefined) sim.clock.advance(advance);
  else if (to !== undefined) sim.clock.advanceTo(to);
  return { value: clockOf(sim) };
}

function faultsOf({ faults }: Kmsim): object {
  return { plan: faults.plan, counts: faults.counts, happened: faults.happened };
}

function setFaults({ sim }: AdminRoom, { body }: AdminCall): AdminAnswer {
  const strange = strangeMembers(body, ['plan']);
  if (strange !== undefined) return { refusal: strange };
  const { plan } = body as { readonly plan?: object };
  if (plan === undefined) return { refusal: badRequest('Say {"plan": {...}}; an empty plan ends all faults.') };
  sim.faults.set(plan);
  return { value: faultsOf(sim) };
}

function snapshot({ sim }: AdminRoom, { body }: AdminCall): AdminAnswer {
  const strange = strangeMembers(body, ['key', 'plaintextKeys']);
  if (strange !== undefined) return { refusal: strange };
  const { key, plaintextKeys } = body as Members;
  if (plaintextKeys === true && key === undefined) return { value: sim.snapshot({ plaintextKeys }) };
  const bytes = typeof key === 'string' && plaintextKeys === undefined ? decodeBase64(key) : undefined;
  if (bytes?.length !== 32)
    return {
      refusal: badRequest(
        'Say {"key": "<32 bytes in base64>"}, or {"plaintextKeys": true} for one that anybody can open.',
      ),
    };
  const sealed = sim.snapshot({ key: bytes });
  bytes.fill(0);
  return { value: sealed };
}

function world({ sim }: AdminRoom, { body }: AdminCall): AdminAnswer {
  const strange = strangeMembers(body, ['secrets']);
  if (strange !== undefined) return { refusal: strange };
  const { secrets = false } = body as Members;
  if (typeof secrets !== 'boolean') return { refusal: badRequest('Say {} or {"secrets": true}.') };
  return { value: exportWorld(sim, { secrets }) };
}

function reset({ sim, start }: AdminRoom, { body }: AdminCall): AdminAnswer {
  const strange = strangeMembers(body, []);
  if (strange !== undefined) return { refusal: strange };
  sim.rewind(start);
  return { value: clockOf(sim) };
}
