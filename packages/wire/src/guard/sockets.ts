// How many sockets a door has open, in all and from one remote address. One too many is ended before a byte of it is read.

import type { Socket } from 'node:net';

export interface SocketCounts {
  readonly maxConnections: number;
  readonly maxConnectionsPerRemote: number;
}

export class SocketLimits {
  readonly #counts: SocketCounts;
  readonly #byRemote = new Map<string, number>();
  readonly #open = new Set<Socket>();

  constructor(counts: SocketCounts) {
    this.#counts = counts;
  }

  /** Counts a socket until it closes, or ends it. */
  take(socket: Socket): void {
    const { remoteAddress: remote } = socket;
    const { maxConnections, maxConnectionsPerRemote } = this.#counts;
    const before = this.#byRemote.get(remote ?? '') ?? 0;
    // Without an address it has gone already.
    if (remote === undefined || this.#open.size >= maxConnections || before >= maxConnectionsPerRemote) {
      socket.destroy();
      return;
    }
    this.#open.add(socket);
    this.#byRemote.set(remote, before + 1);
    socket.once('close', () => this.#leave(socket, remote));
  }

  /** Ends them all, one whose handshake never ends among them: of such a one the server of HTTPS knows nothing yet. */
  endAll(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #leave(socket: Socket, remote: string): void {
    this.#open.delete(socket);
    const left = (this.#byRemote.get(remote) ?? 1) - 1;
    if (left > 0) this.#byRemote.set(remote, left);
    else this.#byRemote.delete(remote);
  }
}
