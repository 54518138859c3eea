// The fault plans of a run: each has some kinds of faults and lacks others, and is about the people of the run, not about who watches.

import { faultVocabulary } from '@kmsim/kms';
import {
  type ClockPlan,
  chance,
  drawFaultPlan,
  exponential,
  type FaultPlan,
  type PartitionPlan,
  pick,
  type RandomStream,
} from '@kmsim/world';
import { struck } from './machine.ts';

export interface PlanBounds {
  readonly regions: readonly string[];
  readonly durationMs: number;
}

// Longer than what drawFaultPlan draws: long enough that senders give up on a copy and post it again.
const longPartitionMeanMs = 120_000;

export function drawPlan(stream: RandomStream, { durationMs, regions }: PlanBounds): FaultPlan {
  const { faults = {}, slow = [] } = faultVocabulary();
  const plan = drawFaultPlan(stream, { regions, durationMs, faults: Object.keys(faults), slow });
  const sendsOnce = chance(stream, 0.5);
  const partitions = chance(stream, 0.3) ? [drawPartition(stream, regions, durationMs)] : plan.network?.partitions;
  return {
    ...(plan.network && {
      network: {
        ...plan.network,
        ...(sendsOnce && { resend: { afterMs: 200, factor: 2, maxMs: 400, attempts: 1 } }),
        ...(partitions && { partitions }),
      },
    }),
    ...(plan.services && { services: plan.services.map((fault) => ({ ...fault, principals: struck })) }),
  };
}

function drawPartition(stream: RandomStream, regions: readonly string[], durationMs: number): PartitionPlan {
  const fromMs = Math.floor(exponential(stream, durationMs / 4));
  const window = { fromMs, untilMs: fromMs + 1 + Math.ceil(exponential(stream, longPartitionMeanMs)) };
  const from = pick(stream, regions);
  if (chance(stream, 0.5)) return { ...window, isolate: from };
  return {
    ...window,
    oneWay: {
      from,
      to: pick(
        stream,
        regions.filter((region) => region !== from),
      ),
    },
  };
}

/** A network that works again, and how its Regions' clocks are wrong. */
export interface HealedPlan extends FaultPlan {
  readonly network: {
    readonly minDelayMs: number;
    readonly meanDelayMs: number;
    readonly clocks: readonly ClockPlan[];
  };
}

/**
 * As slow as the one before, without a spread, so that a bound on time is a bound on messages. The clocks
 * stay as they are: one that was put right would stand still for a while, and what is due with it.
 */
export function healed({ network }: FaultPlan, clocks: readonly ClockPlan[]): HealedPlan {
  const { minDelayMs = 0, meanDelayMs = minDelayMs } = network ?? {};
  return { network: { minDelayMs: meanDelayMs, meanDelayMs, clocks } };
}
