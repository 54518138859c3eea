// What a run of a script tells, as plain data: it crosses from the worker to the page.

export interface Compared {
  readonly element: string;
  readonly asked: string;
  readonly written: readonly string[];
  readonly filled: readonly string[];
}

export interface StatementView {
  /** `[0] "Sid"`, or the id of a grant. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: boolean;
  readonly decides: boolean;
  readonly verdict: string;
  readonly compared?: Compared;
}

export interface PolicyView {
  readonly type: string;
  readonly name: string;
  readonly statements: readonly StatementView[];
}

export interface DecisionView {
  readonly outcome: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';
  readonly reason: string;
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly delegated: boolean;
  readonly policies: readonly PolicyView[];
}

export interface CallResult {
  readonly kind: 'call';
  readonly outcome: 'answer' | 'error' | 'denied';
  /** The name of an error, or nothing. */
  readonly error: string;
  readonly message: string;
  readonly answer: unknown;
  /** Members of the answer that are text in base64: what they say. */
  readonly readable: readonly (readonly [member: string, text: string])[];
  readonly decisions: readonly DecisionView[];
  /** What would turn a denial into an answer. */
  readonly advice: readonly string[];
  readonly events: readonly unknown[];
  readonly at: string;
}

export interface ClockResult {
  readonly kind: 'clock';
  readonly at: string;
  /** What became due meanwhile: `RotateKey`. */
  readonly events: readonly unknown[];
  readonly due: readonly string[];
}

/** A step that cannot be run as it is written: one sentence, for the person. */
export interface Mistake {
  readonly kind: 'mistake';
  /** Where it is to be mended. */
  readonly field: 'request' | 'other';
  readonly problem: string;
}

/** A step that is as it should be, and needs the answer of one that has none. */
export interface Waiting {
  readonly kind: 'waits';
  /** The number of the step to be mended first. */
  readonly step: number;
}

export type StepResult = CallResult | ClockResult | Mistake | Waiting;

export interface Run {
  /** What is wrong with the principals, by their place. */
  readonly principals: ReadonlyMap<number, string>;
  readonly steps: readonly StepResult[];
  /** What KMS can be asked. */
  readonly operations: readonly string[];
  /** The simulation's clock in the end. */
  readonly now: string;
  readonly milliseconds: number;
}
