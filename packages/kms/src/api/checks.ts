// Whether a value keeps its constraint, and if not, what the message says. Keeping it must cost next to nothing.

import { type Constraint, type ConstraintName, constraints } from './constraints.ts';
import { mismatch, tooLarge, tooLong, tooShort, tooSmall } from './violations.ts';

/** What is wrong: usually the shared empty list. */
export type Phrases = readonly string[];

export const NONE: Phrases = [];

export function textCheck(name: ConstraintName | undefined): (value: string) => Phrases {
  if (name === undefined) return () => NONE;
  const constraint = constraints[name];
  const { min, max, pattern } = constraint;
  const regex = pattern === undefined ? undefined : wholeValue(pattern);
  // A character takes one or two UTF-16 units: this many units hold enough characters, and `max` units never too many.
  const enough = min > 1 ? 2 * min : min;
  return (value) => {
    const plain = value.length >= enough && value.length <= max;
    if (plain && (regex === undefined || regex.test(value))) return NONE;
    return textPhrases(value, constraint, regex);
  };
}

/** A broken pattern is named before a broken length, as DynamoDB and Cognito answer through the same framework. */
function textPhrases(value: string, constraint: Constraint, regex: RegExp | undefined): Phrases {
  const pattern = regex === undefined || regex.test(value) ? [] : [mismatch(constraint.pattern ?? '')];
  return [...pattern, ...lengthPhrases(characters(value), constraint)];
}

export function lengthCheck(name: ConstraintName | undefined): (value: { readonly length: number }) => Phrases {
  if (name === undefined) return () => NONE;
  const constraint = constraints[name];
  return (value) => lengthPhrases(value.length, constraint);
}

function lengthPhrases(length: number, constraint: Constraint): Phrases {
  if (length < constraint.min) return [tooShort(constraint)];
  return length > constraint.max ? [tooLong(constraint)] : NONE;
}

export function rangeCheck(name: ConstraintName | undefined): (value: number) => Phrases {
  if (name === undefined) return () => NONE;
  const constraint = constraints[name];
  return (value) => {
    if (value < constraint.min) return [tooSmall(constraint)];
    return value > constraint.max ? [tooLarge(constraint)] : NONE;
  };
}

/** Lengths are counted in characters (code points), not in UTF-16 units. */
function characters(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

/**
 * The service matches the whole value, anchored or not, with Java's classes: \s is ASCII there and Unicode here. The one
 * pattern that has \s has it inside brackets.
 */
function wholeValue(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern.replaceAll('\\s', ' \\t\\n\\v\\f\\r')})$`);
}
