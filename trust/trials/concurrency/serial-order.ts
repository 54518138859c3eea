// Whether what was heard could have come of the same calls one after the other, none before one that had ended when it began.
// M. Herlihy, J. Wing: Linearizability: a correctness condition for concurrent objects, 1990.

import { type Command, run, seen } from './commands.ts';
import { type Room, room } from './room.ts';

export interface Happened {
  readonly command: Command;
  readonly heard: string;
  readonly began: number;
  readonly ended: number;
}

export interface Order {
  readonly found: boolean;
  /** Commands that were played for it. */
  readonly tried: number;
}

// Past this nobody has found one by trying on.
const most = 3_000;

/** `left`: what can be seen afterwards. `fresh`: a room like the one where it happened. */
export async function serialOrder(all: readonly Happened[], left: string, newRoom: () => Room = room): Promise<Order> {
  let tried = 0;
  /** How far this order is right; all of it, and what is left: the whole length plus one. */
  const play = async (order: readonly Happened[]): Promise<number> => {
    const fresh = newRoom();
    for (const [at, { command, heard }] of order.entries()) {
      tried += 1;
      if ((await run({ ...command, door: 'direct' }, fresh)) !== heard) return at;
    }
    return order.length + Number(order.length < all.length || (await seen(fresh)) === left);
  };
  const extend = async (prefix: readonly Happened[]): Promise<boolean> => {
    const rest = all.filter((one) => !prefix.includes(one)).sort((one, other) => one.ended - other.ended);
    const whole = [...prefix, ...rest];
    const right = await play(whole);
    if (right > all.length) return true;
    if (tried > most || rest.length === 0) return false;
    // The guess is right for so long: whoever is next instead of the one that is not.
    for (let at = Math.min(right, all.length - 1); at >= prefix.length; at--) {
      const kept = whole.slice(0, at);
      const open = whole.slice(at);
      const first = Math.min(...open.map(({ ended }) => ended));
      for (const next of open.slice(1).filter(({ began }) => began <= first)) {
        const attempt = [...kept, next];
        if ((await play(attempt)) < attempt.length) continue;
        if (await extend(attempt)) return true;
        if (tried > most) return false;
      }
    }
    return false;
  };
  return { found: await extend([]), tried };
}
