// Bytes over real sockets of this machine, and what comes back.

import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Heard {
  readonly answers: readonly HttpAnswer[];
  /** The other side ended the connection. */
  readonly closed: boolean;
  readonly milliseconds: number;
}

export interface Exchange {
  /** An address of this machine to come from: limits count by it. */
  readonly from?: string;
  /** Says that nothing more comes: whoever waits for more may give up. */
  readonly end?: boolean;
  /** Until so many answers have come; until the connection ends when absent. */
  readonly answers?: number;
  readonly limit?: number;
}

/** A connection of its own for these bytes. */
export function exchange(port: number, bytes: Uint8Array, options: Exchange = {}): Promise<Heard> {
  const { answers: wanted, end = false, from, limit = 20_000 } = options;
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      ...(from !== undefined && { localAddress: from }),
    });
    let received: Buffer = Buffer.alloc(0);
    let closed = false;
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ answers: split(received).answers, closed, milliseconds: performance.now() - began });
    };
    const timer = setTimeout(done, limit);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (wanted !== undefined && split(received).whole >= wanted) done();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      closed = true;
      done();
    });
    if (end) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** A connection that stays open as long as the server lets it: one request at a time. */
export class Line {
  readonly #port: number;
  readonly #from: string | undefined;
  #socket: Socket | undefined;

  constructor(port: number, from?: string) {
    this.#port = port;
    this.#from = from;
  }

  /** Undefined where the connection ended, or nothing came in time. */
  ask(bytes: Uint8Array, limit = 20_000): Promise<HttpAnswer | undefined> {
    return new Promise((resolve) => {
      const socket = this.#open();
      let received: Buffer = Buffer.alloc(0);
      const done = (answer: HttpAnswer | undefined): void => {
        clearTimeout(timer);
        socket.removeAllListeners('data').removeAllListeners('close');
        const ends = answer === undefined || answer.headers.get('connection') === 'close';
        if (ends) this.close();
        resolve(answer);
      };
      const timer = setTimeout(() => done(undefined), limit);
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        const { answers, whole } = split(received);
        if (whole > 0) done(answers[0]);
      });
      socket.on('close', () => done(undefined));
      socket.write(bytes);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Socket {
    if (this.#socket !== undefined && !this.#socket.destroyed && this.#socket.writable) return this.#socket;
    const from = this.#from;
    const where = { port: this.#port, host: '127.0.0.1', noDelay: true };
    this.#socket = connect({ ...where, ...(from !== undefined && { localAddress: from }) });
    this.#socket.on('error', () => undefined);
    return this.#socket;
  }
}

// The last answer may be cut off: it counts as one, but not as whole.
function split(received: Buffer): { readonly answers: readonly HttpAnswer[]; readonly whole: number } {
  const answers: HttpAnswer[] = [];
  let whole = 0;
  for (let at = 0; at < received.length; ) {
    const end = received.indexOf('\r\n\r\n', at);
    if (end < 0) break;
    const [first = '', ...lines] = received.toString('latin1', at, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
    const headers = new Map(
      lines.map((line) => /^([^:]*): ?(.*)$/s.exec(line)).map((m) => [m?.[1]?.toLowerCase() ?? '', m?.[2] ?? '']),
    );
    // Node answers an expectation that it does not meet by itself, in one empty chunk.
    const chunked = headers.get('transfer-encoding') === 'chunked' ? '0\r\n\r\n'.length : 0;
    const length = Number(headers.get('content-length') ?? chunked);
    const stop = end + 4 + length;
    if (status !== 100) {
      const body = chunked > 0 ? '' : received.toString('utf8', end + 4, Math.min(stop, received.length));
      answers.push({ status, headers, body });
      if (stop <= received.length) whole += 1;
    }
    at = stop;
  }
  return { answers, whole };
}

/** Remote addresses that a door counts apart: on Linux every address of 127/8 is this machine. */
export function loopback(at: number): string | undefined {
  return process.platform === 'linux' ? `127.0.0.${2 + (at % 200)}` : undefined;
}
