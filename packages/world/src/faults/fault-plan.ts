// A fault plan: what goes wrong, as a plain record with units in its names. Milliseconds count from the instant at which the plan begins.

/** What one direction between two Regions does to messages. What is absent does nothing. */
export interface LinkPlan {
  readonly minDelayMs?: number;
  /** Mean of the whole delay; what is above the minimum is exponential. The minimum when absent. */
  readonly meanDelayMs?: number;
  readonly lossProbability?: number;
  readonly duplicateProbability?: number;
  /** How often a message is held back so that later ones may pass it, and for how long at most. */
  readonly reorderProbability?: number;
  readonly reorderMs?: number;
}

export interface NamedLinkPlan extends LinkPlan {
  readonly from: string;
  readonly to: string;
}

/** A sender repeats a message until it hears that it arrived. */
export interface ResendPlan {
  readonly afterMs: number;
  /** Each wait is this many times as long as the one before, and no longer than `maxMs`. */
  readonly factor: number;
  readonly maxMs: number;
  /** How often a message is sent at most; 1 never repeats. Without it the sender does not give up. */
  readonly attempts?: number;
}

/** From the first instant up to, not including, the second. */
export interface Window {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What is under way while a partition stands is lost. Exactly one of the three says where it runs. */
export interface PartitionPlan extends Window {
  /** This Region against all others. */
  readonly isolate?: string;
  /** Nothing passes between the two sides. */
  readonly halves?: readonly [readonly string[], readonly string[]];
  /** Nothing passes in this direction. */
  readonly oneWay?: { readonly from: string; readonly to: string };
}

/** The Region answers nobody, sends nothing and takes nothing in; messages that came meanwhile are taken in at the end. */
export interface PausePlan extends Window {
  readonly region: string;
}

/** The link keeps what would arrive and lets it go at the end. */
export interface ClogPlan extends Window {
  readonly from: string;
  readonly to: string;
}

/** How a Region's clock goes wrong: ahead by `skewMs` when the plan begins, and `driftFraction` of the time that passes. */
export interface ClockPlan {
  readonly region: string;
  readonly skewMs?: number;
  readonly driftFraction?: number;
}

export interface NetworkPlan extends LinkPlan {
  /** Single directions that differ from the rest. */
  readonly links?: readonly NamedLinkPlan[];
  readonly resend?: ResendPlan;
  readonly partitions?: readonly PartitionPlan[];
  readonly pauses?: readonly PausePlan[];
  readonly clogs?: readonly ClogPlan[];
  readonly clocks?: readonly ClockPlan[];
}

/** Requests that meet all conditions fail in the way that `raise` names. Conditions that are absent hold always. */
export interface ServiceFault {
  readonly raise: string;
  readonly operations?: readonly string[];
  readonly keys?: readonly string[];
  readonly principals?: readonly string[];
  readonly regions?: readonly string[];
  /** Always when absent. */
  readonly probability?: number;
  /** After so many times it is over. */
  readonly count?: number;
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** How long the answer, or the failure, is in coming. */
  readonly delayMs?: number;
}

export interface FaultPlan {
  readonly network?: NetworkPlan;
  /** The first one that strikes a request is the one that happens. */
  readonly services?: readonly ServiceFault[];
}

/** Short enough that a Region is up to date within seconds of a partition's end. */
export const defaultResend: ResendPlan = { afterMs: 200, factor: 2, maxMs: 400 };
