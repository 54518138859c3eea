// The one writer of answers: interprets an operation's output shapes and makes of them what JSON can hold.

import { encodeBase64 } from './base64.ts';
import { type OperationName, operations, type Shape, type StructureName, structures } from './shapes.ts';

/** Known members only, in the order of the model; absent ones stay absent. */
export function write(operation: OperationName, output: object): Record<string, unknown> {
  const { output: name } = operations[operation];
  return name === undefined ? {} : writeMembers(name, output);
}

/** A request that was read, as JSON can hold it. */
export function writeInput(operation: OperationName, input: object): Record<string, unknown> {
  return writeMembers(operations[operation].input, input);
}

function writeMembers(name: StructureName, output: object): Record<string, unknown> {
  const source = output as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const member of structures[name]) {
    const value = source[member.name];
    if (value !== undefined && value !== null) result[member.name] = writeValue(member.shape, value);
  }
  return result;
}

function writeValue(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'string':
    case 'enum':
    case 'integer':
    case 'boolean':
      return value;
    case 'blob':
      return encodeBase64(value as Uint8Array);
    case 'timestamp':
      // AWS JSON 1.1 timestamps are epoch seconds; milliseconds stay as the fraction.
      return (value as Date).getTime() / 1000;
    case 'list':
      return (value as readonly unknown[]).map((item) => writeValue(shape.item, item));
    case 'map':
      // Object.fromEntries defines own properties, also for the key `__proto__`.
      return Object.fromEntries(value instanceof Map ? value : Object.entries(value as object));
    case 'structure':
      return writeMembers(shape.of, value as object);
  }
}
