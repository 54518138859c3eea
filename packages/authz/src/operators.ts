// The condition operators.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { compileArn, matchesArn } from './arn-pattern.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { parseInstant } from './instant.ts';
import { isInRange, parseAddress, parseRange } from './ip-address.ts';
import { compileParts, foldText, matchesPattern, type Part, textOf } from './wildcard.ts';

/** One value of a condition, ready to be compared with what a request has. */
export type Test = (subject: string) => boolean;

export interface Operator {
  /** `NotEquals` and its kind: holds when none of the values matches. */
  readonly negated: boolean;
  /** Undefined for a value that nothing matches, such as a number that is none. */
  readonly compile: (value: readonly Part[]) => Test | undefined;
}

type Compile = Operator['compile'];
type Holds = (difference: number) => boolean;

const equals: Compile = (value) => {
  const text = textOf(value);
  return (subject) => subject === text;
};

const equalsInAnyCase: Compile = (value) => {
  const text = foldText(textOf(value));
  return (subject) => foldText(subject) === text;
};

const like: Compile = (value) => {
  const pattern = compileParts(value, 'exact case');
  return (subject) => matchesPattern(pattern, subject);
};

/** The request's value stands on the left: NumericLessThan holds when it is less than the policy's. */
const numeric =
  (holds: Holds): Compile =>
  (value) => {
    const right = parseDecimal(textOf(value));
    if (right === undefined) return undefined;
    return (subject) => {
      const left = parseDecimal(subject);
      return left !== undefined && holds(compareDecimals(left, right));
    };
  };

const date =
  (holds: Holds): Compile =>
  (value) => {
    const right = parseInstant(textOf(value));
    if (right === undefined) return undefined;
    return (subject) => {
      const left = parseInstant(subject);
      return left !== undefined && holds(left - right);
    };
  };

const bool: Compile = (value) => {
  const wanted = foldText(textOf(value));
  return wanted === 'true' || wanted === 'false' ? (subject) => foldText(subject) === wanted : undefined;
};

// RFC 4648, section 4, with padding and with the unused bits zero (3.5), so that every value has one form.
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?$/;
const binary: Compile = (value) => {
  const text = textOf(value);
  return BASE64.test(text) ? (subject) => subject === text : undefined;
};

const ipAddress: Compile = (value) => {
  const range = parseRange(textOf(value));
  if (range === undefined) return undefined;
  return (subject) => {
    const address = parseAddress(subject);
    return address !== undefined && isInRange(address, range);
  };
};

/** ArnEquals and ArnLike are the same. */
const arn: Compile = (value) => {
  const patterns = compileArn(value);
  return patterns && ((subject) => matchesArn(patterns, subject));
};

const is = (compile: Compile): Operator => ({ negated: false, compile });
const not = (compile: Compile): Operator => ({ negated: true, compile });
const same: Holds = (difference) => difference === 0;

/** `Null`, which compares nothing, is not among them. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', is(equals)],
  ['StringNotEquals', not(equals)],
  ['StringEqualsIgnoreCase', is(equalsInAnyCase)],
  ['StringNotEqualsIgnoreCase', not(equalsInAnyCase)],
  ['StringLike', is(like)],
  ['StringNotLike', not(like)],
  ['NumericEquals', is(numeric(same))],
  ['NumericNotEquals', not(numeric(same))],
  ['NumericLessThan', is(numeric((difference) => difference < 0))],
  ['NumericLessThanEquals', is(numeric((difference) => difference <= 0))],
  ['NumericGreaterThan', is(numeric((difference) => difference > 0))],
  ['NumericGreaterThanEquals', is(numeric((difference) => difference >= 0))],
  ['DateEquals', is(date(same))],
  ['DateNotEquals', not(date(same))],
  ['DateLessThan', is(date((difference) => difference < 0))],
  ['DateLessThanEquals', is(date((difference) => difference <= 0))],
  ['DateGreaterThan', is(date((difference) => difference > 0))],
  ['DateGreaterThanEquals', is(date((difference) => difference >= 0))],
  ['Bool', is(bool)],
  ['BinaryEquals', is(binary)],
  ['IpAddress', is(ipAddress)],
  ['NotIpAddress', not(ipAddress)],
  ['ArnEquals', is(arn)],
  ['ArnLike', is(arn)],
  ['ArnNotEquals', not(arn)],
  ['ArnNotLike', not(arn)],
]);
