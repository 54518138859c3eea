// Real time, for servers that have a clock of their own: the one file that waits. Nothing inside the simulation comes here.

// biome-ignore lint/style/noRestrictedImports: another machine's clock cannot be moved, and it may never answer. Only targets over a network wait.
import { setTimeout as sleep } from 'node:timers/promises';

export async function wait(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}

/** Aborts when the time is over, unless it is stopped before. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  stop(): void;
}

export function timeLimit(milliseconds: number): TimeLimit {
  const over = new AbortController();
  const stopped = new AbortController();
  sleep(milliseconds, undefined, { signal: stopped.signal }).then(
    () => over.abort(),
    () => {},
  );
  return { signal: over.signal, stop: () => stopped.abort() };
}
