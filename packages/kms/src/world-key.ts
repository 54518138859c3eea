// The use of a key of the world: it is derived for one piece of work, and overwritten behind it.

import type { World } from '@kmsim/world';

export function withWorldKey<Result>(
  world: Pick<World, 'key'>,
  purpose: string,
  work: (key: Uint8Array) => Result,
): Result {
  const key = world.key(purpose);
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}
