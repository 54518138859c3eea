// How far a cluster has come, and what is under way.

import { type ClusterState, type Stage, stages } from './cluster-states.ts';

/** How long things take, in milliseconds. Nothing takes time unless a test says so. */
export interface Durations {
  readonly createCluster: number;
  readonly createHsm: number;
  readonly deleteHsm: number;
  readonly initialize: number;
  readonly deleteCluster: number;
}

export const atOnce: Durations = { createCluster: 0, createHsm: 0, deleteHsm: 0, initialize: 0, deleteCluster: 0 };

export interface LifecycleRecord {
  readonly stage: Stage;
  readonly pending?: { readonly state: ClusterState; readonly stage: Stage; readonly dueAt: number };
  /** A state that AWS shows while it works on a cluster, set by a test. */
  readonly shown?: ClusterState;
}

export class Lifecycle {
  #record: LifecycleRecord;

  constructor(record: LifecycleRecord) {
    this.#record = record;
  }

  record(): LifecycleRecord {
    return this.#record;
  }

  get stage(): Stage {
    return this.#record.stage;
  }

  get isPending(): boolean {
    return this.#record.pending !== undefined;
  }

  get state(): ClusterState {
    const { stage, pending, shown } = this.#record;
    return pending?.state ?? shown ?? stages[stage].state;
  }

  show(state?: ClusterState): void {
    const { shown: _, ...rest } = this.#record;
    this.#record = { ...rest, ...(state && { shown: state }) };
  }

  /** Leads to a stage, through a state that lasts until an instant. */
  go(state: ClusterState, stage: Stage, dueAt: number, now: number): void {
    this.#record = { ...this.#record, pending: { state, stage, dueAt } };
    this.advance(now);
  }

  reach(stage: Stage): void {
    const { shown } = this.#record;
    this.#record = { stage, ...(shown && { shown }) };
  }

  /** Whether something has come to its end. */
  advance(now: number): boolean {
    const { pending } = this.#record;
    if (pending === undefined || pending.dueAt > now) return false;
    this.reach(pending.stage);
    return true;
  }
}
