// Messages between Regions, as the world's network carries them.

import type { Engine } from '../engine.ts';
import type { Instant } from '../state/records.ts';

/**
 * The instants at which a message that one Region sends another is taken in; undefined where no network is planned, and then it is
 * the sender's to say how long it takes. None: it is lost. Several: it comes more than once.
 */
export function deliveriesOf(kms: Engine, from: string, to: string, at: Instant): readonly Instant[] | undefined {
  const deliveries = kms.world.faults?.network?.deliveriesOf({ from, to, at });
  if (deliveries !== undefined) kms.tracer?.message(from, to, at, deliveries);
  return deliveries;
}
