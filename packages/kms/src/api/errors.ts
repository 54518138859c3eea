// The one kind of error that KMS raises, and how to raise it.

import type { Decision } from '@kmsim/authz';
import { type ErrorCode, errorTable } from './error-table.ts';

export type { ErrorCode } from './error-table.ts';

export class KmsError extends Error {
  /** The code, where the errors of an AWS SDK have it. */
  override readonly name: ErrorCode;
  readonly code: ErrorCode;
  /** HTTP status. */
  readonly status: number;
  /** Why access was denied: for the caller in this process, never on the wire. */
  declare readonly decision?: Decision;
  readonly #wireMessage: string | undefined;

  constructor(code: ErrorCode, wireMessage?: string) {
    super(wireMessage ?? `${code} (KMS sends no message with this error)`);
    this.name = code;
    this.code = code;
    this.status = errorTable[code].status;
    this.#wireMessage = wireMessage;
  }

  /** Undefined: the body has no message member, as recorded for InvalidCiphertextException. */
  get wireMessage(): string | undefined {
    return this.#wireMessage;
  }

  get messageMember(): 'message' | 'Message' {
    return errorTable[this.code].messageMember;
  }
}

/**
 * Without a message the answer's body has no message member. An error is made far inside, where its stack would show ten functions of kmsim and
 * not whose call it was, and cost more than the whole request: so it has none before a caller in this process is to see it (`calledFrom`).
 */
export function kmsError(code: ErrorCode, message?: string): KmsError {
  const limit = stacks.stackTraceLimit;
  // Not by assignment: where somebody has frozen Error it would raise.
  if (typeof limit !== 'number' || !Reflect.set(stacks, 'stackTraceLimit', 0)) return new KmsError(code, message);
  try {
    return new KmsError(code, message);
  } finally {
    stacks.stackTraceLimit = limit;
  }
}

/** Gives an error of KMS the stack from where `door` was called. */
export function calledFrom(door: (...sent: never[]) => unknown, error: unknown): void {
  if (error instanceof KmsError) stacks.captureStackTrace?.(error, door);
}

// https://v8.dev/docs/stack-trace-api: engines other than V8 need not have it.
const stacks = Error as { stackTraceLimit?: unknown; captureStackTrace?: (error: object, above: unknown) => void };

/** Not enumerable, so that no logger and no JSON.stringify carries policies out of the process. */
export function accessDenied(message: string, decision: Decision): KmsError {
  return Object.defineProperty(kmsError('AccessDeniedException', message), 'decision', { value: decision });
}

export function fail(code: ErrorCode, message?: string): never {
  throw kmsError(code, message);
}
