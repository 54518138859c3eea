// Whether a name is one of the 56 operations: an own member of the table, never something it inherits.

import { type OperationName, operations } from './api/shapes.ts';

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
