// What a call raises while an external key store proxy has not answered: nothing has changed, and the call passes the corridor again. Unlike
// one that waits for a library it holds nobody up.

/** No error of KMS and never seen by a caller. */
export class Waiting {
  /** Never rejects. */
  readonly answer: Promise<void>;

  constructor(answer: Promise<void>) {
    this.answer = answer;
  }
}
