// The agenda when the clocks of Regions are set anew: what the records make due comes at other instants now.

import type { Engine } from '../engine.ts';

/** Notes again whatever is due. The entries of before are hints that nobody follows. */
export function renew({ agenda, state }: Engine): void {
  for (const key of state.rows('keys')) agenda.note(undefined, key);
  for (const grant of state.rows('grants')) agenda.noteGrant(grant);
  for (const store of state.rows('keyStores')) agenda.notePost(store.id, store);
}
