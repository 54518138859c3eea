// The process of a command, as a test wants it.

import { PassThrough } from 'node:stream';
import type { Io } from '../../src/cli/io.ts';

export interface IoDouble extends Io {
  said(): string;
  told(): string;
  /** Ctrl-C, as soon as the given number of lines is on the standard error. */
  interruptAfter(lines: number): void;
}

export function ioDouble(env: Record<string, string> = {}, isTTY = false): IoDouble {
  const written = { stdout: '', stderr: '' };
  let interrupt = (): void => {};
  let after = Number.POSITIVE_INFINITY;
  const stream = (name: 'stdout' | 'stderr'): PassThrough & { isTTY?: boolean } => {
    const through: PassThrough & { isTTY?: boolean } = new PassThrough();
    const { write } = through;
    // At once, so that what is written can be looked at without waiting.
    through.write = ((chunk: string) => {
      written[name] += chunk;
      if (name === 'stderr' && written.stderr.split('\n').length > after) {
        after = Number.POSITIVE_INFINITY;
        interrupt();
      }
      return write.call(through, chunk, 'utf8');
    }) as typeof through.write;
    through.resume();
    return through;
  };
  const stderr = stream('stderr');
  if (isTTY) stderr.isTTY = true;
  return {
    stdout: stream('stdout'),
    stderr,
    env,
    onInterrupt: (stop) => {
      interrupt = stop;
      return () => {
        interrupt = () => {};
      };
    },
    said: () => written.stdout,
    told: () => written.stderr,
    interruptAfter: (lines) => {
      after = lines;
    },
  };
}
