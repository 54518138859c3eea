// Whether a name is one of the operations.

import { expect, test } from 'vitest';
import { operations } from '../src/api/shapes.ts';
import { isOperationName } from '../src/operation-names.ts';

test.each(Object.keys(operations))('%s is one', (name) => {
  expect(isOperationName(name)).toBe(true);
});

test.each([
  '',
  'encrypt',
  'Encrypt ',
  'TrentService.Encrypt',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
])('%j is none', (name) => {
  expect(isOperationName(name)).toBe(false);
});
