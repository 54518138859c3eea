// The quickest HTTP client there is: requests that are bytes already, over sockets that stay open, and of an answer no more than its end.

import { connect, type Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');
const lengthName = Buffer.from('ontent-length: ');
const ok = Buffer.from('HTTP/1.1 200 ');

/** One connection: a request at a time. */
class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #settle: { readonly done: () => void; readonly fail: (error: Error) => void } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  ask(request: Uint8Array): Promise<void> {
    return new Promise((done, fail) => {
      this.#settle = { done, fail };
      this.#socket ??= this.#connected();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#settle = undefined;
    this.#socket?.destroy();
  }

  #connected(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#fail(error));
    // While others have their turn a server closes what is idle: the next request opens it again.
    socket.on('close', () => {
      this.#socket = undefined;
      this.#fail(new Error('the server closed the connection'));
    });
    return socket;
  }

  #fail(error: Error): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.fail(error);
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const head = this.#received.indexOf(headEnd);
    if (head < 0) return;
    const named = this.#received.indexOf(lengthName);
    const length = Number.parseInt(this.#received.toString('latin1', named + lengthName.length, head), 10);
    if (this.#received.length < head + headEnd.length + length) return;
    const isOk = this.#received.subarray(0, ok.length).equals(ok);
    if (!isOk) {
      this.#fail(new Error(`the server answered ${this.#received.toString('latin1')}`));
      return;
    }
    this.#received = Buffer.alloc(0);
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.done();
  }
}

/** So many connections to a port of this machine, which stay open. */
export class RawClient {
  readonly #connections: readonly Connection[];

  constructor(port: number, concurrency: number) {
    this.#connections = Array.from({ length: concurrency }, () => new Connection(port));
  }

  /** Sends `times` requests, every connection one after the other, in turn from the list. */
  async run(requests: readonly Uint8Array[], times: number): Promise<void> {
    let next = 0;
    const one = async (connection: Connection): Promise<void> => {
      while (next < times) {
        const request = requests[next % requests.length] as Uint8Array;
        next += 1;
        await connection.ask(request);
      }
    };
    await Promise.all(this.#connections.map(one));
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}
