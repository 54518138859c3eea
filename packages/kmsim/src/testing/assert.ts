// `kmsim/assert`: the same assertions for node:test and every other runner; they throw an AssertionError.

import { AssertionError } from 'node:assert';
import type { KmsimMatchers } from './matcher-forms.ts';
import { type MatcherAnswer, matchers } from './matchers.ts';

export type { DeniedQuery } from './been-denied.ts';
export type { ExpectedContext } from './encrypted-with-context.ts';
export type { KmsimMatchers } from './matcher-forms.ts';

export interface KmsimAssertions extends KmsimMatchers {
  /** The opposite: `assertThat(sim).not.toHaveBeenDenied()`. */
  readonly not: KmsimMatchers;
}

/** `assertThat(sim).toHaveCalled('Decrypt', 2)`. */
export function assertThat(sim: unknown): KmsimAssertions {
  return { ...assertionsOf(sim, false), not: assertionsOf(sim, true) };
}

function assertionsOf(sim: unknown, isNot: boolean): KmsimMatchers {
  return {
    toHaveUsedKey: assertionOf(matchers.toHaveUsedKey, sim, isNot),
    toHaveEncryptedWithContext: assertionOf(matchers.toHaveEncryptedWithContext, sim, isNot),
    toHaveBeenDenied: assertionOf(matchers.toHaveBeenDenied, sim, isNot),
    toHaveCalled: assertionOf(matchers.toHaveCalled, sim, isNot),
  };
}

type MatcherOf<Arguments extends readonly unknown[]> = (
  this: { readonly isNot: boolean },
  received: unknown,
  ...asked: Arguments
) => MatcherAnswer;

function assertionOf<Arguments extends readonly unknown[]>(
  matcher: MatcherOf<Arguments>,
  sim: unknown,
  isNot: boolean,
): (...asked: Arguments) => void {
  return function assertion(...asked) {
    const { message, pass } = matcher.call({ isNot }, sim, ...asked);
    if (pass !== isNot) return;
    // With the stack from where it was called.
    throw new AssertionError({
      message: message().replace('expect(sim)', 'assertThat(sim)'),
      stackStartFn: assertion,
    });
  };
}
