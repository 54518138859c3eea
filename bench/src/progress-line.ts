// What is being measured now: a line that changes on a terminal, a line for each suite elsewhere.

import type { Round } from './progress.ts';

/** Standard error, as far as it is needed. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Of one suite that is being measured. */
export interface SuiteProgress {
  round(round: Round): void;
  end(): void;
}

const clear = '\r\u001b[2K';

/** Begins a suite, of so many. Several may run at a time: the line shows who spoke last. `now`: milliseconds. */
export function progressLine(screen: Screen, total: number, now: () => number): (suite: string) => SuiteProgress {
  let number = 0;
  return (suite) => {
    number += 1;
    const head = `[${number}/${total}] ${suite}`;
    const began = now();
    const live = (rest: string): void => {
      if (screen.isTTY) screen.write(`${clear}${`${head}  ${rest}`.slice(0, (screen.columns ?? 80) - 1)}`);
    };
    live('starting');
    return {
      round: ({ comparison, round, rounds }) =>
        live(`comparison ${comparison}, round ${round} of ${rounds}, ${elapsed(now() - began)}`),
      end: () => screen.write(screen.isTTY ? clear : `${head}  ${elapsed(now() - began)}\n`),
    };
  };
}

function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
