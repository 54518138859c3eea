// The clock of a world: whole milliseconds since 1970-01-01T00:00:00Z, never going back.

/** 9999-12-31T23:59:59.999Z: instants are written with a year of four digits, so no clock is moved beyond it. */
export const lastInstant: number = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export interface Clock {
  /** The instant, in whole milliseconds since the epoch. Never smaller than an earlier answer. */
  now(): number;
  /** Moves to an instant; an instant that has passed leaves the clock alone. */
  moveTo(instant: number): void;
}

/** Stands still until somebody moves it. */
export function virtualClock(start: number): Clock {
  let instant = start;
  return {
    now: () => instant,
    moveTo: (target) => {
      if (target > instant) instant = target;
    },
  };
}

/** Runs with `machine` and can be moved ahead of it; a machine clock that is set back does not take it back. */
export function runningClock(machine: () => number, start: number = Number.NEGATIVE_INFINITY): Clock {
  let ahead = 0;
  let last = start;
  const now = (): number => {
    const read = machine() + ahead;
    if (read > last) last = read;
    return last;
  };
  return {
    now,
    moveTo: (target) => {
      // Counted from the machine, not from the last answer: it may have been set back in between.
      if (target > now()) ahead = target - machine();
    },
  };
}
