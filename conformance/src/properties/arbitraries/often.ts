// Choices with weights.

import * as fc from 'fast-check';

/** One of these, as often as its weight says. fast-check wants whole weights. */
export function often<T>(...choices: readonly (readonly [weight: number, choice: fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight: Math.round(weight * 10), arbitrary })));
}

export function oftenOneOf<T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
  return often(...choices.map(([weight, value]) => [weight, fc.constant(value)] as const));
}
