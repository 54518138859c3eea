// What a transcript is played against: the wire as it would be behind HTTP and signatures.

export interface WireRequest {
  readonly operation: string;
  readonly region: string;
  /** JSON: blobs as base64 text, timestamps as seconds. */
  readonly body: Record<string, unknown>;
  /** ARN of who calls, where the target can be called by several; its own caller when absent. */
  readonly as?: string;
}

/** Somebody a target can be called by. */
export interface TargetPrincipal {
  readonly arn: string;
  /** Identity policies for all of KMS in the own account, or none. */
  readonly may: 'everything' | 'nothing';
}

export interface WireReply {
  /** HTTP status; 501 says that the operation is not built. */
  readonly status: number;
  /** Parsed; undefined when there was none. */
  readonly body: unknown;
}

export interface Target {
  readonly account: string;
  readonly callerArn: string;
  /** The Region that the first Region of a transcript stands for; the transcript's own when absent. */
  readonly region?: string;
  /** Told apart from other runs by this: a target that remembers must not meet the same words twice. */
  readonly run?: string;
  /** Who else it can be called by. */
  readonly principals?: readonly TargetPrincipal[];
  /** Its clock stands still between calls, and `advance` moves it as far as one likes. */
  readonly clockStandsStill?: true;
  /** Raises a TargetError when there is no answer to compare. */
  call(request: WireRequest): Promise<WireReply>;
  /** Lets time pass between two tries of a step that waits for something. */
  advance?(milliseconds: number): void | Promise<void>;
  close?(): Promise<void>;
}

/** A target for the scenario of that name: a fresh one, or the same for all. */
export type OpenTarget = (name: string) => Target | Promise<Target>;
