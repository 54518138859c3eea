// One request at a time on a connection: pipelined requests wait for each other, so their order is the order they were sent in.

import type { Duplex } from 'node:stream';

/** What of a node:http request is needed here. */
export interface Turn {
  readonly socket: Duplex;
  /** Its body has come to the end. */
  readonly complete: boolean;
}

interface Line {
  tail: Promise<void>;
  readonly waiting: Set<Turn>;
}

/** A connection that has more than this waiting is closed. */
export const maxWaiting = 16;

const lines = new WeakMap<Duplex, Line>();

/** `work` must not reject. */
export function takeTurn(request: Turn, work: () => Promise<void>): void {
  const { socket } = request;
  const line = lines.get(socket) ?? { tail: Promise.resolve(), waiting: new Set() };
  lines.set(socket, line);
  if (line.waiting.size === maxWaiting) {
    socket.destroy();
    return;
  }
  // Where nobody waits it is its turn now.
  const before = line.waiting.size === 0 ? undefined : line.tail;
  line.waiting.add(request);
  line.tail = (before === undefined ? work() : before.then(work)).then(() => {
    line.waiting.delete(request);
  });
}

/** Whether the next words on a connection belong to a request that was received. */
export function owesAnswer(socket: Duplex): boolean {
  for (const { complete } of lines.get(socket)?.waiting ?? []) if (complete) return true;
  return false;
}
