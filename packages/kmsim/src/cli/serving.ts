// What the commands that serve until they are told to stop have in common.

import { InvalidArgumentError } from 'commander';
import { inert } from './terminal.ts';

/** Resolves with SIGTERM or Ctrl-C. Listened for from the start: a signal that comes early ends it as cleanly. */
export function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

export function onInternalError(error: unknown): void {
  const words = error instanceof Error ? error.stack : String(error);
  process.stderr.write(inert(`kmsim: a defect, please report it: ${words}\n`));
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** For an option that may be given again. */
export function more(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
