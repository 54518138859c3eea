// The mistake that a call raises.

import { KmsimError } from '../src/index.ts';

export function kmsimErrorOf(call: () => unknown): KmsimError {
  try {
    call();
  } catch (error) {
    if (error instanceof KmsimError) return error;
    throw error;
  }
  throw new Error('a KmsimError was expected');
}
