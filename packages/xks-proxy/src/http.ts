// A request to the proxy and its answer, with or without a socket.

export interface XksHttpRequest {
  readonly method: string;
  /** The request target as it was sent: `/kms/xks/v1/health`. */
  readonly path: string;
  /** Names in any case, each once. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  /** Instant that the age of the signature is measured at, in milliseconds since the epoch. */
  readonly now: number;
}

export interface XksHttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds that pass before the answer is sent. */
  readonly delay?: number;
  /** The connection breaks: before the answer, or in the middle of its body. */
  readonly lost?: 'reset' | 'half';
}

export function jsonAnswer(status: number, value: object): XksHttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
