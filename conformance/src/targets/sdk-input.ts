// The body of a request as the AWS SDK for JavaScript wants it: bytes and dates where the wire has text and numbers.

import { isOperationName, operationShapes, structures } from '@kmsim/kms';
import { isRecord } from '../values.ts';

type Structure = keyof typeof structures;
type Shape = (typeof structures)[Structure][number]['shape'];

export function sdkInput(operation: string, body: Record<string, unknown>): unknown {
  return isOperationName(operation) ? structure(operationShapes[operation].input, body) : body;
}

function structure(name: Structure, value: Record<string, unknown>): Record<string, unknown> {
  const members = new Map(structures[name].map((member) => [member.name, member.shape] as const));
  return Object.fromEntries(
    Object.entries(value).map(([member, part]) => [member, converted(members.get(member), part)]),
  );
}

// What has another type than the model says goes as it is: the caller wants to see what becomes of it.
function converted(shape: Shape | undefined, value: unknown): unknown {
  if (shape?.kind === 'blob' && typeof value === 'string') return new Uint8Array(Buffer.from(value, 'base64'));
  if (shape?.kind === 'timestamp' && typeof value === 'number') return new Date(value * 1000);
  if (shape?.kind === 'list' && Array.isArray(value)) return value.map((item) => converted(shape.item, item));
  if (shape?.kind === 'structure' && isRecord(value)) return structure(shape.of, value);
  return value;
}
