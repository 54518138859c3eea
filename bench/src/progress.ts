// How far a measurement is: told by whoever measures, heard by whoever started the suite.

/** One turn of everybody is over. */
export interface Round {
  /** Which comparison of the suite this is, from 1. */
  readonly comparison: number;
  readonly round: number;
  readonly rounds: number;
}

export type Listener = (round: Round) => void;

// At most so often: a message costs the measured process something too, though outside of what is timed.
const everyMs = 200;

let listener: Listener | undefined;
let comparison = 0;
let told = 0;

export function listen(to: Listener): void {
  listener = to;
}

export function beginComparison(): void {
  comparison += 1;
}

export function endRound(round: number, rounds: number): void {
  if (listener === undefined) return;
  const now = performance.now();
  if (now - told < everyMs) return;
  told = now;
  listener({ comparison, round, rounds });
}
