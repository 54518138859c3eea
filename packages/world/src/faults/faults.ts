// A plan at work in a world: its network and its service faults, and where they stand, as plain data.

import type { StreamCursor } from '../random-streams.ts';
import { type ClockFloors, Clocks } from './clocks.ts';
import type { FaultPlan } from './fault-plan.ts';
import { Network } from './network.ts';
import { ServiceFaults } from './service-faults.ts';

/** Where the faults of a world stand; what else there is to know is in the positions of the streams. */
export interface FaultsPosition {
  readonly plan: FaultPlan;
  /** The instant from which the plan counts. */
  readonly start: number;
  /** Which plan of this world it is: each has streams of its own. */
  readonly number: number;
  /** Of a plan that took the place of another, or came when the world had begun. */
  readonly floors?: ClockFloors;
}

export class Faults {
  readonly position: FaultsPosition;
  /** Absent: messages are none of the plan's business. */
  readonly network: Network | undefined;
  readonly services: ServiceFaults | undefined;
  /** Absent: every Region has the right time. */
  readonly clocks: Clocks | undefined;

  constructor(position: FaultsPosition, cursor: (label: string) => StreamCursor) {
    const { floors, number, plan, start } = position;
    this.position = position;
    const labelled = (part: string) => (label: string) => cursor(`faults/${number}/${part}/${label}`);
    this.network = plan.network && new Network(plan.network, start, labelled('network'));
    const { clocks = [] } = plan.network ?? {};
    const isAhead = Object.values(floors?.regions ?? {}).some((reading) => reading > start);
    this.clocks = clocks.length > 0 || isAhead ? new Clocks(clocks, start, floors) : undefined;
    this.services = plan.services?.length ? new ServiceFaults(plan.services, start, labelled('services')) : undefined;
  }

  get plan(): FaultPlan {
    return this.position.plan;
  }
}
