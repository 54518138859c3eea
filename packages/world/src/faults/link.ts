// One direction between two Regions: what becomes of a message, and of its repetitions.

import { chance, exponential, uniform } from '../draws.ts';
import type { RandomStream } from '../random-streams.ts';
import type { LinkPlan, ResendPlan } from './fault-plan.ts';
import { after, meets, type Span } from './windows.ts';

export interface Link {
  readonly plan: LinkPlan;
  readonly cuts: readonly Span[];
  readonly clogs: readonly Span[];
  /** Of the two ends. */
  readonly senderPauses: readonly Span[];
  readonly receiverPauses: readonly Span[];
}

/** What has it tells the sender nothing new with one more copy. */
const mostCopies = 8;

/**
 * The instants at which copies of a message that is sent at `at` are taken in, in order; none when it is lost. `back` is the way of the
 * acknowledgements: when one is lost, the message is sent again.
 */
export function deliver(link: Link, back: Link, at: number, resend: ResendPlan, stream: RandomStream): number[] {
  const { attempts = Number.POSITIVE_INFINITY, factor, maxMs } = resend;
  const deliveries: number[] = [];
  let sent = after(link.senderPauses, at);
  let wait = resend.afterMs;
  let acknowledged = Number.POSITIVE_INFINITY;
  for (let sends = 1; sent < acknowledged; sends++) {
    const open = after(link.cuts, sent);
    if (open === sent) {
      for (let copies = chance(stream, link.plan.duplicateProbability ?? 0) ? 2 : 1; copies > 0; copies--) {
        const arrives = fly(link, sent, stream);
        if (arrives === undefined) continue;
        deliveries.push(arrives);
        acknowledged = Math.min(acknowledged, fly(back, arrives, stream) ?? acknowledged);
      }
    }
    if (sends >= attempts || deliveries.length >= mostCopies) break;
    let next = sent + wait;
    const longer = Math.min(wait * factor, maxMs);
    // Nothing of what is sent into a cut link arrives, so years of it need not be counted one by one.
    if (longer === wait && next < open) {
      const skipped = Math.min(Math.ceil((open - next) / wait), attempts - sends - 1);
      next += skipped * wait;
      sends += skipped;
    }
    wait = longer;
    sent = after(link.senderPauses, Math.ceil(next));
  }
  return deliveries.sort((a, b) => a - b);
}

// When one copy is taken in; undefined when it is lost.
function fly({ clogs, cuts, plan, receiverPauses }: Link, sent: number, stream: RandomStream): number | undefined {
  const lost = chance(stream, plan.lossProbability ?? 0);
  const { minDelayMs = 0, meanDelayMs = minDelayMs, reorderMs = 0, reorderProbability = 0 } = plan;
  let delay = minDelayMs + exponential(stream, meanDelayMs - minDelayMs);
  if (chance(stream, reorderProbability)) delay += uniform(stream) * reorderMs;
  const arrives = Math.ceil(sent + delay);
  if (lost || meets(cuts, sent, arrives)) return undefined;
  const held = after(clogs, arrives) === arrives ? arrives : after([...clogs, ...cuts], arrives);
  return after(receiverPauses, held);
}
