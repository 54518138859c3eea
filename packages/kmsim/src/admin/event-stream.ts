// Events as they happen, over HTTP: a line of JSON each, for as long as the client stays and reads.

import type { ServerResponse } from 'node:http';
import type { SimTrail } from '../sim-trail.ts';

/** Of one admin port. */
export const maxStreams = 16;

/** What may wait for a client that reads slowly. Then its stream ends, rather than the memory of the server. */
const maxWaitingBytes = 4 * 1024 * 1024;

export class EventStreams {
  #open = 0;

  get isFull(): boolean {
    return this.#open >= maxStreams;
  }

  /** Resolves when the stream has ended, or when there is nobody left to read it. */
  async pour(trail: SimTrail, response: ServerResponse, headers: Readonly<Record<string, string>>): Promise<void> {
    // The end of the connection, not of the response: one that waits behind another on a connection that goes never closes.
    const { socket } = response.req;
    if (socket.destroyed) return;
    const stream = trail.stream((line) => {
      if (socket.destroyed) return;
      response.write(line);
      if (response.writableLength > maxWaitingBytes) socket.destroy();
    });
    this.#open += 1;
    try {
      response.writeHead(200, { ...headers, 'content-type': 'application/x-ndjson' });
      response.flushHeaders();
      await new Promise((resolve) => socket.once('close', resolve));
    } finally {
      this.#open -= 1;
      stream.close();
    }
  }
}
