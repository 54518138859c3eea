// The mistakes of callers.

import { expect, test } from 'vitest';
import { KmsimError } from '../src/index.ts';

test('says what is wrong, then what to do', () => {
  const cause = new Error('why');
  const error = new KmsimError('Closed', 'The simulation is closed.', { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'KmsimError', code: 'Closed', problem: 'The simulation is closed.', cause });
  expect(error.message).toBe(`The simulation is closed. ${error.hint}`);
  expect(error.hint).toBe('Make a new one with createKmsim().');
  expect(String(error)).toMatch(/^KmsimError: The simulation/);
});
