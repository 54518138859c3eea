// `kmsim/jest`: `expect.extend(matchers)`, and the matchers' types for @jest/globals and @types/jest.

import type { KmsimMatchers } from './matcher-forms.ts';

// The compiler looks for the module that is added to below only where something of it is named.
export type { Matchers as JestMatchers } from 'expect';
export type { DeniedQuery } from './been-denied.ts';
export type { ExpectedContext } from './encrypted-with-context.ts';
export type { KmsimMatchers } from './matcher-forms.ts';
export type { MatcherAnswer, MatcherFunctions } from './matchers.ts';
export { matchers } from './matchers.ts';

// https://jestjs.io/docs/expect#expectextendmatchers. The names and bounds of the parameters are those of jest.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends KmsimMatchers<R> {}
}

declare global {
  namespace jest {
    interface Matchers<R, T> extends KmsimMatchers<R> {}
  }
}
