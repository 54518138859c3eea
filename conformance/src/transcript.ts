// What a transcript is: one scenario that was played against the real service, call by call.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

export interface Transcript {
  readonly name: string;
  readonly about: string;
  readonly source: Source;
  readonly replay: 'as-is' | 'adjust' | 'superseded' | 'unconfirmed' | 'external';
  /** What no longer holds, for a transcript that is not replayed as it stands. */
  readonly stale?: readonly string[];
  readonly notes?: readonly string[];
  /** The first is the Region of every step that names none. */
  readonly regions: readonly string[];
  readonly steps: readonly Step[];
}

export interface Source {
  readonly kind: string;
  readonly cite: string;
  /** The day of the run, null when none is on record. */
  readonly recorded: string | null;
  readonly lastValidated?: string;
}

export type Step = CallStep | MakeStep | WaitStep;

/** Something the client makes for itself. */
export interface MakeStep {
  readonly id: string;
  readonly make: Make;
}

/** Time that passes, on a clock that can be moved. */
export interface WaitStep {
  readonly id: string;
  readonly waitSeconds: number;
}

/** What is made has a name, `as`; a key pair has two, of its PKCS#8 and of its SubjectPublicKeyInfo. */
export type Make =
  | { readonly as: string; readonly randomBytes: number }
  | { readonly as: string; readonly value: Json }
  | { readonly as: string; readonly keyPair: string; readonly publicExponent?: number }
  | { readonly as: string; readonly rsaOaepEncrypt: Json };

/** recorded: the answer was stored; asserted: a check of it was run; succeeded: the call did not fail; documented: a page says so. */
export type Evidence = 'recorded' | 'asserted' | 'succeeded' | 'documented';

export interface CallStep {
  readonly id: string;
  readonly op: string;
  readonly region?: string;
  /** ARN of who calls, a text or a template; the target's own caller when absent. */
  readonly as?: Json;
  readonly input: { readonly [member: string]: Json };
  readonly output?: Json;
  readonly error?: ErrorPattern;
  readonly evidence: Evidence;
  readonly condition?: string;
  readonly recordedAs?: string;
  readonly recordedScope?: string;
  readonly additionalFields?: false;
  /** The answer had no body at all, or one: known only where the wire was seen. */
  readonly emptyBody?: boolean;
  readonly laterFields?: readonly string[];
  readonly poll?: Poll;
  readonly paginate?: true;
  readonly stale?: readonly string[];
  readonly notes?: readonly string[];
}

export interface ErrorPattern {
  readonly code: string;
  readonly status?: number;
  readonly message?: Json;
  /** `__type` to the letter, where it was seen. */
  readonly type?: string;
  /** How the message member is spelled, where that was seen. */
  readonly messageMember?: 'message' | 'Message';
}

export interface Poll {
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
}

/** A transcript that says nothing that can be played: the message names file, step and reason. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
}
