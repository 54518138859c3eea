// What ends a scenario without an answer to compare: a target that is down, slow, or says what is no answer of KMS.

/** The message is one line for people. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  /** Down or too slow: asking again will not help. Otherwise it answered, and not as KMS does. */
  readonly silent: boolean;

  constructor(message: string, silent = false) {
    super(message);
    this.silent = silent;
  }
}
