// One HSM of a cluster: where it is, in which state, and of which keys it has a copy.

import type { HsmState } from './cluster-states.ts';

export interface HsmInfo {
  readonly id: string;
  readonly availabilityZone: string;
  readonly subnet: string;
  readonly state: HsmState;
}

export interface HsmRecord extends HsmInfo {
  /** Ids of the keys it has. */
  readonly keys: readonly string[];
  readonly isCutOff: boolean;
  /** When the transition that is under way ends, in milliseconds. */
  readonly dueAt?: number;
}

/** In this package only. */
export class Hsm {
  readonly id: string;
  readonly availabilityZone: string;
  readonly subnet: string;
  readonly keys: Set<string>;
  state: HsmState;
  /** Cut off from the other HSMs: it serves clients and gets no clones. */
  isCutOff: boolean;
  dueAt: number | undefined;

  constructor(record: HsmRecord) {
    this.id = record.id;
    this.availabilityZone = record.availabilityZone;
    this.subnet = record.subnet;
    this.state = record.state;
    this.keys = new Set(record.keys);
    this.isCutOff = record.isCutOff;
    this.dueAt = record.dueAt;
  }

  info(): HsmInfo {
    return { id: this.id, availabilityZone: this.availabilityZone, subnet: this.subnet, state: this.state };
  }

  record(): HsmRecord {
    const { dueAt } = this;
    return {
      ...this.info(),
      keys: [...this.keys],
      isCutOff: this.isCutOff,
      ...(dueAt !== undefined && { dueAt }),
    };
  }
}
