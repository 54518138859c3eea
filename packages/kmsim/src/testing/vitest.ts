// `kmsim/vitest`: the matchers are there once it is imported, and kmsimTest gives every test a world of its own.

import type { KmsMethods } from '@kmsim/kms';
import { expect, type TestAPI, test } from 'vitest';
import { createKmsim, type Kmsim } from '../create-kmsim.ts';
import type { KmsimOptions } from '../options.ts';
import type { KmsimMatchers } from './matcher-forms.ts';
import { matchers } from './matchers.ts';

export type { DeniedQuery } from './been-denied.ts';
export type { ExpectedContext } from './encrypted-with-context.ts';
export type { KmsimMatchers } from './matcher-forms.ts';
export { matchers } from './matchers.ts';

// https://vitest.dev/guide/extending-matchers
declare module 'vitest' {
  // The name and number of the parameters are vitest's.
  interface Matchers<T> extends KmsimMatchers {}
}

expect.extend({ ...matchers });

/** What a test of `kmsimTest` may ask for. */
export interface KmsimFixtures {
  /** What `sim` is made with: `kmsimTest.extend({ kmsimOptions: { region: 'eu-west-1' } })`. The seed is `kmsim` unless it says otherwise. */
  kmsimOptions: KmsimOptions;
  /** A simulation that no other test has. It is closed when the test has ended. */
  sim: Kmsim;
  /** The operations, called by the administrator: `sim.as()`. */
  kms: KmsMethods;
}

/** `test` of vitest with a fresh simulation for each test that asks for one. https://vitest.dev/guide/test-context */
export const kmsimTest: TestAPI<KmsimFixtures> = test.extend<KmsimFixtures>({
  kmsimOptions: {},
  sim: async ({ kmsimOptions }, use) => {
    using sim = createKmsim({ seed: 'kmsim', ...kmsimOptions });
    await use(sim);
  },
  kms: async ({ sim }, use) => {
    await use(sim.as());
  },
});
