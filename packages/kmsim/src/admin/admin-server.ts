// The admin port of a simulation: a server of its own on loopback, never under the port of AWS, and only for who has its token.

import { openHttpServer } from '@kmsim/wire/http';
import type { Kmsim } from '../create-kmsim.ts';
import { adminConversation } from './conversation.ts';
import { EventStreams } from './event-stream.ts';
import { CallSearch } from './inspector/calls.ts';
import { AdminToken } from './token.ts';

export interface AdminOptions {
  /** A free one when 0. */
  readonly port: number;
  readonly onInternalError: ((error: unknown) => void) | undefined;
}

/** An admin port that listens. No inspection and no JSON shows its token. */
export class AdminServer {
  readonly url: string;
  readonly port: number;
  readonly #token: AdminToken;
  readonly #close: () => Promise<void>;

  constructor({ url, port }: { url: string; port: number }, token: AdminToken, close: () => Promise<void>) {
    this.url = url;
    this.port = port;
    this.#token = token;
    this.#close = close;
  }

  /** What a request says as `Authorization: Bearer <token>`. */
  get token(): string {
    return this.#token.reveal();
  }

  /** The address of the inspector page. The token stands behind the #, which no browser sends; the page takes it out of the address at once. */
  get inspector(): string {
    return `${this.url}/#token=${this.token}`;
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** Listens, and is ready when it resolves. A reset leads back to this instant. */
export async function serveAdmin(sim: Kmsim, { onInternalError, port }: AdminOptions): Promise<AdminServer> {
  const token = new AdminToken();
  const room = { sim, start: sim.mark(), calls: new CallSearch() };
  const streams = new EventStreams();
  const request = adminConversation({ room, token, onInternalError }, streams);
  const checkContinue = adminConversation({ room, token, onInternalError }, streams, (response) =>
    response.writeContinue(),
  );
  const door = await openHttpServer({ request, checkContinue }, { port });
  return new AdminServer(door, token, () => door.close());
}
