// Events as they happen: one line of JSON each, to a function or into a file.

import type { TrailListener } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { nodeFiles } from './node-files.ts';

/** A stream that was begun. */
export interface TrailStream {
  /** Records so far. */
  readonly written: number;
  /** Ends the stream, and a file is complete. Raises what went wrong on the way. Again: nothing. */
  close(): void;
  [Symbol.dispose](): void;
}

/** Written at once: more costs memory, less a call of the system for each event. */
const blockLength = 256 * 1024;

class Stream implements TrailStream {
  written = 0;
  readonly #listeners: Set<TrailListener>;
  readonly #write: (line: string) => void;
  readonly #end: () => void;
  readonly #listen: TrailListener;
  #fault: unknown;
  #isOpen = true;

  constructor(listeners: Set<TrailListener>, write: (line: string) => void, end: () => void) {
    this.#listeners = listeners;
    this.#write = write;
    this.#end = end;
    this.#listen = (records) => {
      try {
        for (const record of records) {
          this.#write(`${JSON.stringify(record)}\n`);
          this.written += 1;
        }
      } catch (fault) {
        // A full disk is no answer of KMS: whoever called has what was asked for.
        this.#fault = fault;
        this.#listeners.delete(this.#listen);
      }
    };
    listeners.add(this.#listen);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#listeners.delete(this.#listen);
    try {
      this.#end();
    } catch (fault) {
      this.#fault ??= fault;
    }
    if (this.#fault === undefined) return;
    throw new KmsimError('StreamFailed', `The stream of events broke off after ${this.written}.`, {
      cause: this.#fault,
    });
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export function streamTo(listeners: Set<TrailListener>, write: (line: string) => void): TrailStream {
  return new Stream(listeners, write, () => {});
}

/** JSON Lines. Written block by block while the simulation runs, so that nothing waits in memory. */
export function streamToFile(listeners: Set<TrailListener>, path: string): TrailStream {
  const file = opened(path);
  let block = '';
  const flush = (): void => {
    const bytes = Buffer.from(block);
    block = '';
    for (let at = 0; at < bytes.length; ) at += nodeFiles().writeSync(file, bytes, at);
  };
  return new Stream(
    listeners,
    (line) => {
      block += line;
      if (block.length >= blockLength) flush();
    },
    () => {
      try {
        flush();
      } finally {
        nodeFiles().closeSync(file);
      }
    },
  );
}

function opened(path: string): number {
  const { openSync } = nodeFiles();
  try {
    // Who has called what with which context is nobody else's business on this machine.
    return openSync(path, 'w', 0o600);
  } catch (cause) {
    throw new KmsimError(
      'StreamFailed',
      `The file for the stream of events cannot be opened: ${(cause as Error).message}.`,
      {
        cause,
      },
    );
  }
}
