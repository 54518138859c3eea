// What each Region takes the time to be: its clock is ahead or behind, gains or loses, and never goes back.

import type { ClockPlan } from './fault-plan.ts';

/** What Regions have read off their clocks before this plan began, in milliseconds since the epoch. */
export interface ClockFloors {
  /** Of Regions whose clock was right. */
  readonly least: number;
  /** Of the others. */
  readonly regions: Readonly<Record<string, number>>;
}

export class Clocks {
  readonly #plans: ReadonlyMap<string, ClockPlan>;
  readonly #start: number;
  readonly #floors: ClockFloors | undefined;

  /** `start`: the instant from which the plan counts. */
  constructor(plans: readonly ClockPlan[], start: number, floors?: ClockFloors) {
    this.#plans = new Map(plans.map((plan) => [plan.region, plan]));
    this.#start = start;
    this.#floors = floors;
  }

  /** From an instant of the world to what a Region reads then. */
  read(region: string, instant: number): number {
    const { driftFraction = 0, skewMs = 0 } = this.#plans.get(region) ?? right;
    const reading = Math.round(instant + skewMs + driftFraction * (instant - this.#start));
    return this.#floors === undefined ? reading : Math.max(reading, this.#floorOf(region, this.#floors));
  }

  /** The first instant of the plan at which a Region reads so much or more. */
  when(region: string, reading: number): number {
    if (this.#isRight(region)) return reading;
    if (this.read(region, this.#start) >= reading) return this.#start;
    const { driftFraction = 0, skewMs = 0 } = this.#plans.get(region) ?? right;
    let instant = Math.floor((reading - skewMs + driftFraction * this.#start) / (1 + driftFraction));
    // Readings are rounded.
    while (this.read(region, instant - 1) >= reading) instant -= 1;
    while (this.read(region, instant) < reading) instant += 1;
    return instant;
  }

  /** What the next plan, from an instant on, must not go behind. */
  floorsAt(instant: number): ClockFloors {
    const names = [...new Set([...this.#plans.keys(), ...Object.keys(this.#floors?.regions ?? {})])].sort();
    return { least: instant, regions: Object.fromEntries(names.map((name) => [name, this.read(name, instant)])) };
  }

  #floorOf(region: string, { least, regions }: ClockFloors): number {
    return regions[region] ?? least;
  }

  #isRight(region: string): boolean {
    return !this.#plans.has(region) && (this.#floors?.regions[region] ?? 0) <= this.#start;
  }
}

const right: Omit<ClockPlan, 'region'> = {};
