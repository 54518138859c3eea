// What a transcript is played against: the wire as it would be behind HTTP and signatures.

export interface WireRequest {
  readonly operation: string;
  readonly region: string;
  /** JSON: blobs as base64 text, timestamps as seconds. */
  readonly body: Record<string, unknown>;
}

export interface WireReply {
  /** HTTP status; 501 says that the operation is not built. */
  readonly status: number;
  readonly body: unknown;
}

export interface Target {
  readonly account: string;
  readonly callerArn: string;
  call(request: WireRequest): Promise<WireReply>;
  /** Lets time pass between two tries of a step that waits for something. */
  advance?(milliseconds: number): void | Promise<void>;
}
