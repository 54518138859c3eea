// The request of an event, as far as the log has it: names in the spelling of the API, stand-ins for what is never logged.

import { type OperationName, operationShapes, structures } from '@kmsim/kms';
import { isRecord } from '../option-forms.ts';
import { type KmsEvent, type Members, text } from './event.ts';

type StructureName = keyof typeof structures;
type Shape = (typeof structures)[StructureName][number]['shape'];

/** What is never logged, and what the replay says instead: that nobody look at a ciphertext. */
const completions: Readonly<Partial<Record<OperationName, (event: KmsEvent) => Members>>> = {
  Decrypt: ({ keys }) => ({ KeyId: keys[0], ...withoutCiphertext }),
  ReEncrypt: ({ keys }) => ({ SourceKeyId: keys[0], DestinationKeyId: keys[1] ?? keys[0], ...withoutCiphertext }),
  RetireGrant: ({ additional, keys }) => ({ KeyId: keys[0], GrantId: additional?.['grantId'] }),
};

// https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
const withoutCiphertext = { DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] };

export function requestOf(operation: OperationName, event: KmsEvent): Record<string, unknown> {
  const sent = structureOf(operationShapes[operation].input, event.parameters ?? {}, true);
  const completed = { ...defined(completions[operation]?.(event) ?? {}), ...sent };
  // CreateKey is logged with both names of its spec, and takes one.
  if (completed['KeySpec'] !== undefined) delete completed['CustomerMasterKeySpec'];
  return completed;
}

function structureOf(name: StructureName, given: Members, complete = false): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const member of structures[name]) {
    const value = given[lowered(member.name)] ?? given[member.name];
    if (value !== undefined && value !== null) result[member.name] = written(member.shape, value);
    else if (complete && 'required' in member && member.shape.kind === 'blob') result[member.name] = Uint8Array.of(0);
  }
  return result;
}

function written(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return isRecord(value) ? structureOf(shape.of, value) : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => written(shape.item as Shape, item)) : value;
    case 'timestamp':
      return new Date(instantOf(value));
    case 'blob':
      return Uint8Array.of(0);
    default:
      return value;
  }
}

/** `Aug 10, 2022, 10:38:27 PM`, which is UTC, or ISO 8601. */
function instantOf(value: unknown): number {
  const written = text(value) ?? '';
  return Date.parse(/Z$|UTC|GMT|T\d/.test(written) ? written : `${written} UTC`);
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function defined(members: Members): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
}
