// The events that are kept, a piece at a time.

import type { Kmsim } from '../create-kmsim.ts';
import { type AdminAnswer, badRequest } from './refusals.ts';

const most = 10_000;
const usual = 1_000;

/** `after`: how many events were seen; those that follow come, and `next` is the `after` for what comes then. */
export function eventsFrom({ trail }: Kmsim, query: URLSearchParams): AdminAnswer {
  const numbers = { after: wholeNumber(query, 'after', 0), limit: wholeNumber(query, 'limit', usual) };
  const { after, limit } = numbers;
  if (
    after === undefined ||
    limit === undefined ||
    limit > most ||
    [...query.keys()].some((name) => !Object.hasOwn(numbers, name))
  )
    return { refusal: badRequest(`after is a whole number, limit one up to ${most}.`) };
  const { dropped, events } = trail;
  const first = Math.min(Math.max(after, dropped), dropped + events.length);
  const found = events.slice(first - dropped, first - dropped + limit);
  return { value: { dropped, first, next: first + found.length, events: found } };
}

function wholeNumber(query: URLSearchParams, name: string, absent: number): number | undefined {
  const [text, ...others] = query.getAll(name);
  if (text === undefined) return absent;
  return others.length === 0 && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
