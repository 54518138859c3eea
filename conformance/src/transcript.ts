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

export type Step = CallStep | MakeStep;

/** Something the client makes for itself. */
export interface MakeStep {
  readonly id: string;
  readonly make: Make;
}

export interface Make {
  /** Name of what was made; several when a make gives several. */
  readonly as: string;
  readonly randomBytes?: number;
  readonly value?: Json;
  readonly keyPair?: string;
  readonly publicExponent?: number;
  readonly rsaOaepEncrypt?: Json;
}

export interface CallStep {
  readonly id: string;
  readonly op: string;
  readonly region?: string;
  readonly input: { readonly [member: string]: Json };
  readonly output?: Json;
  readonly error?: ErrorPattern;
  /** recorded: the answer was stored; asserted: a check of it was run; succeeded: the call did not fail. */
  readonly evidence: 'recorded' | 'asserted' | 'succeeded';
  readonly condition?: string;
  readonly recordedAs?: string;
  readonly recordedScope?: string;
  readonly additionalFields?: false;
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
}

export interface Poll {
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
}

/** A transcript that says nothing that can be played: the message names file, step and reason. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
}
