// What a call raised, for tests that look at the error as a whole.

import { KmsError } from '../../src/api/errors.ts';

/** The KmsError that `act` raises; anything else, also nothing, fails the test. */
export function refused(act: () => unknown): KmsError {
  try {
    act();
  } catch (error) {
    if (error instanceof KmsError) return error;
    throw error;
  }
  throw new Error('nothing was raised');
}
