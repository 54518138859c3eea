// What a matcher finds.

export interface Verdict {
  readonly pass: boolean;
  /** What is the case, as a sentence. */
  readonly found: string;
  /** What a person wants to see of it. Asked for where a test fails. */
  readonly evidence: () => readonly string[];
}
