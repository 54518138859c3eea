// What must always hold, by number. Those over a target need the wire alone; the others look into kmsim.

import type { SimulatedTarget } from '../simulated.ts';
import type { Invariant } from './invariant.ts';
import { i23, i24, i25 } from './keeps-working.ts';
import { i13 } from './key-states.ts';
import { i10 } from './lists.ts';
import { i01, i02, i03, i04, i05, i06 } from './loses-nothing.ts';
import { i14, i15, i18 } from './opens-only.ts';
import { i12, i20 } from './permissions.ts';
import { i08, i30, i32 } from './same-again.ts';
import { i31, i33, i34 } from './tells-the-truth.ts';

/** They need the wire alone, so they hold for every target. */
export const invariants: readonly Invariant[] = [
  ...[i01, i02, i03, i04, i05, i06, i10, i12, i13, i14, i15, i18, i20, i23, i24, i31, i32, i34],
];

/** They look into kmsim. */
export const insideInvariants: readonly Invariant<SimulatedTarget>[] = [i08, i25, i30, i33];

export type { Invariant } from './invariant.ts';
export { checkInvariant } from './invariant.ts';
