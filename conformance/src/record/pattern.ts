// An answer of one run as the pattern that an answer of every run must have.

import { readError } from '../compare.ts';
import { type Kind, kinds } from '../kinds.ts';
import type { ErrorPattern, Json } from '../transcript.ts';
import { isRecord } from '../values.ts';
import { blobMembers } from '../wire-blobs.ts';
import type { Symbols } from './symbols.ts';

/** Members that hold an instant: the timestamps of the KMS API model. */
export const timestampMembers: ReadonlySet<string> = new Set([
  'CreationDate',
  'DeletionDate',
  'KeyCreationDate',
  'LastUpdatedDate',
  'NextRotationDate',
  'OnDemandRotationStartDate',
  'ParametersValidTo',
  'RotationDate',
  'Timestamp',
  'TrackingStartDate',
  'ValidTo',
]);

/** Texts that KMS makes up without a form to know them by. */
const madeUp: ReadonlySet<string> = new Set(['GrantToken', 'NextMarker', 'CustomKeyStoreId', 'KmsRequestId']);

/** Blobs of which the length is part of the answer. */
const measured: ReadonlySet<string> = new Set(['Mac', 'Plaintext', 'SharedSecret']);

const textKinds: readonly Kind[] = ['uuid', 'mrkKeyId', 'keyMaterialId'];

/** Learns what the answer has minted, then writes its pattern. */
export function patternOf(step: string, answer: Record<string, unknown>, symbols: Symbols): Json {
  learn(answer, '', step, symbols);
  return written(answer, '', step, symbols);
}

export function errorPatternOf(status: number, body: Record<string, unknown>, symbols: Symbols): ErrorPattern {
  const { code, message } = readError(body);
  const type = body['__type'];
  const messageMember = (['message', 'Message'] as const).find((name) => Object.hasOwn(body, name));
  return {
    code,
    status,
    message: typeof message === 'string' ? symbols.write(message) : { $absent: true },
    ...(typeof type === 'string' && { type }),
    ...(messageMember !== undefined && { messageMember }),
  };
}

/** The kind of a text that is new in every run; none for a text that may well be the same. */
export function mintedKind(name: string, value: string): Kind | undefined {
  const kind = textKinds.find((one) => kinds[one](value));
  return kind ?? (madeUp.has(name) ? 'string' : undefined);
}

function learn(value: unknown, name: string, path: string, symbols: Symbols): void {
  if (Array.isArray(value)) for (const [at, item] of value.entries()) learn(item, name, `${path}.${at}`, symbols);
  if (isRecord(value))
    for (const [member, part] of Object.entries(value)) learn(part, member, `${path}.${member}`, symbols);
  if (typeof value !== 'string') return;
  // A few bytes may be equal by chance.
  if (blobMembers.has(name) ? value.length >= 16 : mintedKind(name, value) !== undefined) symbols.learn(value, path);
}

function written(value: unknown, name: string, path: string, symbols: Symbols): Json {
  if (Array.isArray(value)) return value.map((item, at) => written(item, name, `${path}.${at}`, symbols));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([member, part]) => [member, written(part, member, `${path}.${member}`, symbols)]),
    );
  }
  if (typeof value === 'number' && timestampMembers.has(name)) return { $any: 'timestamp' };
  if (typeof value !== 'string') return value as Json;
  const reference = symbols.referenceOf(value);
  if (reference !== undefined && reference !== path) return { $ref: reference };
  if (blobMembers.has(name)) return symbols.formOf(value) ?? blobPattern(name, value);
  const kind = mintedKind(name, value);
  return kind === undefined ? symbols.write(value) : { $any: kind };
}

function blobPattern(name: string, base64: string): Json {
  const length = Buffer.from(base64, 'base64').length;
  if (length === 0) return { $length: 0 };
  return measured.has(name) ? { $length: length } : { $any: 'blob' };
}
