// Windows of time, as instants: from the first up to, not including, the second.

import type { Window } from './fault-plan.ts';

export interface Span {
  readonly from: number;
  readonly until: number;
}

/** The windows of a plan that begins at `start`. */
export function spans(windows: readonly Window[], start: number): Span[] {
  return windows.map(({ fromMs, untilMs }) => ({ from: start + fromMs, until: start + untilMs }));
}

/** The first instant from `at` on that no window holds. */
export function after(windows: readonly Span[], at: number): number {
  let free = at;
  for (;;) {
    const holding = windows.find(({ from, until }) => from <= free && free < until);
    if (holding === undefined) return free;
    free = holding.until;
  }
}

/** Whether a window holds any instant of a flight. */
export function meets(windows: readonly Span[], sent: number, arrives: number): boolean {
  return windows.some(({ from, until }) => from <= arrives && sent < until);
}
