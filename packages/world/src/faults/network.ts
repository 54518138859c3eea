// The virtual network between Regions: when a message is taken in at the other end.

import type { RandomStream, StreamCursor } from '../random-streams.ts';
import { defaultResend, type NetworkPlan, type PartitionPlan } from './fault-plan.ts';
import { deliver, type Link } from './link.ts';
import { type Span, spans } from './windows.ts';

export interface Message {
  readonly from: string;
  readonly to: string;
  /** The instant at which it is sent. */
  readonly at: number;
  /** The link's own stream when absent, so that no link disturbs another. */
  readonly stream?: RandomStream;
}

export class Network {
  readonly #plan: NetworkPlan;
  readonly #start: number;
  readonly #cursor: (label: string) => StreamCursor;
  readonly #links = new Map<string, Link>();

  /** `cursor`: the streams of the world, by label. */
  constructor(plan: NetworkPlan, start: number, cursor: (label: string) => StreamCursor) {
    this.#plan = plan;
    this.#start = start;
    this.#cursor = cursor;
  }

  /** The instants at which a message is taken in, in order: none when it is lost, several when it comes again. Never before it was sent. */
  deliveriesOf({ at, from, stream, to }: Message): readonly number[] {
    const bytes = stream ?? this.#cursor(`${from}>${to}`).take();
    return deliver(this.#link(from, to), this.#link(to, from), at, this.#plan.resend ?? defaultResend, bytes);
  }

  /** The number in the plan of the pause that a Region makes at an instant; undefined when it makes none. */
  pauseOf(region: string, at: number): number | undefined {
    const since = at - this.#start;
    const found = this.#plan.pauses?.findIndex(
      (pause) => pause.region === region && pause.fromMs <= since && since < pause.untilMs,
    );
    return found === undefined || found < 0 ? undefined : found;
  }

  #link(from: string, to: string): Link {
    const name = `${from}>${to}`;
    let link = this.#links.get(name);
    if (link === undefined) {
      link = this.#made(from, to);
      this.#links.set(name, link);
    }
    return link;
  }

  #made(from: string, to: string): Link {
    const { clogs = [], links = [], partitions = [], pauses = [] } = this.#plan;
    const isThis = (one: { from: string; to: string }): boolean => one.from === from && one.to === to;
    const pausesOf = (region: string): Span[] =>
      spans(
        pauses.filter((pause) => pause.region === region),
        this.#start,
      );
    return {
      plan: { ...this.#plan, ...links.find(isThis) },
      cuts: spans(
        partitions.filter((partition) => cuts(partition, from, to)),
        this.#start,
      ),
      clogs: spans(clogs.filter(isThis), this.#start),
      senderPauses: pausesOf(from),
      receiverPauses: pausesOf(to),
    };
  }
}

/** Whether a partition stands between two Regions, in this direction. */
function cuts({ halves, isolate, oneWay }: PartitionPlan, from: string, to: string): boolean {
  if (isolate !== undefined) return from !== to && (isolate === from || isolate === to);
  if (oneWay !== undefined) return oneWay.from === from && oneWay.to === to;
  const [some = [], others = []] = halves ?? [];
  return (some.includes(from) && others.includes(to)) || (others.includes(from) && some.includes(to));
}
