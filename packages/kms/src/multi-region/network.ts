// How messages between Regions travel: the seam for networks that delay, lose, repeat and reorder.

import type { Instant } from '../state/records.ts';
import { durations } from '../tables/durations.ts';

/** When the copies of a message sent `at` arrive: none of them, one, or several in any order. */
export type Network = (from: string, to: string, at: Instant) => readonly Instant[];

export const plainNetwork: Network = (_from, _to, at) => [at + durations.deliveryMs];
