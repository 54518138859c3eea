// How the service words a broken constraint: "Value '...' at 'path' failed to satisfy constraint: Member must ...".

import type { Constraint } from './constraints.ts';
import { fail } from './errors.ts';

export type Violations = string[];

export const NOT_NULL = 'Member must not be null';

export function listed(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(', ')}]`;
}

export function tooShort(constraint: Constraint): string {
  return `Member must have length greater than or equal to ${constraint.min}`;
}

export function tooLong(constraint: Constraint): string {
  return `Member must have length less than or equal to ${constraint.max}`;
}

export function tooSmall(constraint: Constraint): string {
  return `Member must have value greater than or equal to ${constraint.min}`;
}

export function tooLarge(constraint: Constraint): string {
  return `Member must have value less than or equal to ${constraint.max}`;
}

export function mismatch(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`;
}

/** Everything a string must satisfy, in the order in which a list names the constraints of its items. */
export function all(constraint: Constraint): string[] {
  const lengths = [tooLong(constraint), tooShort(constraint)];
  return constraint.pattern === undefined ? lengths : [...lengths, mismatch(constraint.pattern)];
}

/** A list of strings is blamed as a whole, whichever item broke whichever constraint. */
export function items(phrases: readonly string[]): string {
  return `Member must satisfy constraint: [${phrases.join(', ')}]`;
}

export function entries(phrases: readonly string[]): string {
  return `Map value must satisfy constraint: [${phrases.join(', ')}]`;
}

/** `shown` is the value as the message echoes it, undefined for what is never echoed: blobs and what the model calls sensitive. */
export function violation(path: string, shown: string | undefined, phrase: string): string {
  const value = shown === undefined ? 'Value' : `Value '${shown}'`;
  return `${value} at '${path}' failed to satisfy constraint: ${phrase}`;
}

/** A sensitive member shows not even that it is missing (recorded for another service, Cognito's AdminAddUserToGroup). */
export function missing(path: string, sensitive: boolean): string {
  return `${sensitive ? 'Value' : 'Value null'} at '${path}' failed to satisfy constraint: ${NOT_NULL}`;
}

/**
 * One exception for all violations of a request. No KMS recording has two, so their order is not known: here it is that of
 * the model. The plural and the separator are as other services of the same framework answer.
 */
export function refuse(violations: Violations): never {
  const errors = violations.length === 1 ? 'error' : 'errors';
  fail('ValidationException', `${violations.length} validation ${errors} detected: ${violations.join('; ')}`);
}
