// Decisions as a person asks for them: may they, and why.

import type { Decision } from '@kmsim/authz';
import { isOperationName, type OperationName } from '@kmsim/kms';
import { inspectedAs } from './inspected.ts';

export interface Explanation {
  readonly allowed: boolean;
  /** One for each permission the operation needs. */
  readonly decisions: readonly Decision[];
  /** The reasons as text, for people. */
  toString(): string;
}

export function explanationOf(decisions: readonly Decision[], text: (decision: Decision) => string): Explanation {
  const explanation = {
    allowed: decisions.every(({ outcome }) => outcome === 'Allow'),
    decisions,
    toString: () => decisions.map(text).join('\n'),
  };
  inspectedAs(explanation, () => explanation.toString());
  return explanation;
}

/** `Decrypt`, also where it is called kms:Decrypt as in a policy; undefined for what KMS does not have. */
export function operationNamed(name: unknown): OperationName | undefined {
  const plain = typeof name === 'string' ? name.replace(/^kms:/, '') : '';
  return isOperationName(plain) ? plain : undefined;
}
