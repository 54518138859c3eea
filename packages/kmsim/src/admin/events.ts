// The events that are kept, a piece at a time.

import type { Kmsim } from '../create-kmsim.ts';
import { type AdminAnswer, badRequest } from './refusals.ts';

const most = 10_000;
const usual = 1_000;

const names: readonly string[] = ['after', 'epoch', 'limit'];

/**
 * `after`: how many events were seen; those that follow come, and `next` is the `after` for what comes then. Numbers are good within an epoch:
 * who says which one is told when another has begun, and nobody waits behind an end that was never there.
 */
export function eventsFrom({ trail }: Kmsim, query: URLSearchParams): AdminAnswer {
  const { dropped, epoch, events } = trail;
  const [after, limit] = [wholeNumber(query, 'after', 0), wholeNumber(query, 'limit', usual)];
  const meant = wholeNumber(query, 'epoch', epoch);
  if (
    after === undefined ||
    limit === undefined ||
    meant === undefined ||
    limit > most ||
    [...query.keys()].some((name) => !names.includes(name))
  )
    return { refusal: badRequest(`after and epoch are whole numbers, limit one up to ${most}.`) };
  const end = dropped + events.length;
  // Where some were dropped the end may fall back: an event that has two records is dropped as one.
  if (meant !== epoch || (dropped === 0 && after > end))
    return {
      refusal: badRequest(
        `There are only ${end} events in epoch ${epoch} of the trail: a reset, a rewind or a clear numbers them anew. Begin again with after=0.`,
      ),
    };
  const first = Math.min(Math.max(after, dropped), end);
  const found = events.slice(first - dropped, first - dropped + limit);
  return { value: { epoch, dropped, first, next: first + found.length, events: found } };
}

function wholeNumber(query: URLSearchParams, name: string, absent: number): number | undefined {
  const [text, ...others] = query.getAll(name);
  if (text === undefined) return absent;
  return others.length === 0 && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
