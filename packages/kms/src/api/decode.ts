// Values as they come in, turned into the values the rooms work with; a value of the wrong type ends the request.

import { base64Fault, decodeBase64 } from './base64.ts';
import { copyBytes } from './copy-bytes.ts';
import { fail } from './errors.ts';

/** wire: parsed JSON; direct: JavaScript values of a caller in this process. */
export type Form = 'wire' | 'direct';

// The texts are not recorded for KMS. They are those of Athena and SES, which answer through the same framework over JSON,
// full stops as they are: measured on 2026-09-23 (notes of the project athena-local) and 2026-06-13 (tests of the project
// floci). The blob's are by analogy with Kinesis, the timestamp's is X-Ray's.
const LIST_FOUND = 'Start of list found where not expected';
const MAP_FOUND = 'Start of structure or map found where not expected.';

/** The kind of a list, a map and a structure is known by its brackets, of a scalar by its token. */
function found(value: unknown, target: string): string {
  if (Array.isArray(value)) return LIST_FOUND;
  if (typeof value === 'object') return MAP_FOUND;
  if (typeof value === 'boolean') return `${value ? 'TRUE' : 'FALSE'}_VALUE can not be converted to ${target}`;
  const token = typeof value === 'bigint' ? 'NUMBER' : (typeof value).toUpperCase();
  return `${token}_VALUE can not be converted to ${target}`;
}

/** A caller in this process is also told where: there is no wire to be faithful to. */
function refuse(text: string, path: string, form: Form): never {
  fail('SerializationException', form === 'wire' ? text : `${text} (at '${path}')`);
}

/** An unpaired surrogate has no UTF-8: two different strings would have the same bytes. */
export function toText(value: unknown, path: string, form: Form): string {
  if (typeof value !== 'string') refuse(found(value, 'a String'), path, form);
  if (!value.isWellFormed()) refuse('STRING_VALUE is not well-formed Unicode', path, form);
  return value;
}

export function toBoolean(value: unknown, path: string, form: Form): boolean {
  if (typeof value === 'boolean') return value;
  return refuse(found(value, typeof value === 'string' ? 'an Boolean' : 'a Boolean'), path, form);
}

/**
 * 32 bits, no fraction; -0 becomes 0. Stricter than Athena, which cuts a fraction off and leaves what exceeds 32 bits to the
 * range check: a request with such a number is a mistake that a test should show.
 */
export function toInteger(value: unknown, path: string, form: Form): number {
  if (typeof value === 'number') {
    const integer = value | 0;
    if (integer === value) return integer;
  }
  return refuse(found(value, 'an Integer'), path, form);
}

const LAST_INSTANT = 8.64e15;

/** Epoch seconds, with a fraction; in this process also a Date. */
export function toInstant(value: unknown, path: string, form: Form): Date {
  const milliseconds = form === 'direct' && value instanceof Date ? value.getTime() : secondsToMilliseconds(value);
  if (Math.abs(milliseconds) <= LAST_INSTANT) return new Date(milliseconds);
  return refuse(found(value, 'milliseconds since epoch'), path, form);
}

function secondsToMilliseconds(value: unknown): number {
  return typeof value === 'number' ? Math.round(value * 1000) : Number.NaN;
}

export function toBytes(value: unknown, path: string, form: Form): Uint8Array<ArrayBuffer> {
  return form === 'wire' ? fromBase64(value, path) : copyOf(value, path);
}

function fromBase64(value: unknown, path: string): Uint8Array<ArrayBuffer> {
  if (typeof value !== 'string') return refuse(found(value, 'a Blob'), path, 'wire');
  const bytes = decodeBase64(value);
  if (bytes !== undefined) return bytes;
  // Kinesis repeats the whole value here. A value that is meant to be bytes can be a secret: it stays out.
  return refuse(`STRING_VALUE can not be converted to a Blob: ${base64Fault(value)}`, path, 'wire');
}

// The internal name of a typed array: true for subclasses (Buffer) and for arrays of another realm (test runners have several),
// false for objects that only inherit from one.
const typedArrayName = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag)
  ?.get as (this: unknown) => string | undefined;

/** Always a copy: the caller may change its array, and a Buffer is a window on a pool that others share. */
function copyOf(value: unknown, path: string): Uint8Array<ArrayBuffer> {
  if (typedArrayName.call(value) === 'Uint8Array') return copyBytes(value as Uint8Array);
  const text = typeof value === 'object' ? 'OBJECT_VALUE can not be converted to a Blob' : found(value, 'a Blob');
  return refuse(`${text}: bytes are given as a Uint8Array`, path, 'direct');
}

export type Fields = Readonly<Record<string, unknown>>;

/** `otherwise` is the text for a scalar: the service words it differently for a structure and for a map. */
export function toFields(value: unknown, otherwise: string, path: string, form: Form): Fields {
  if (isFields(value, form)) return value;
  return refuse(Array.isArray(value) ? LIST_FOUND : otherwise, path, form);
}

/** A whole request that is no object has no path to blame, and over the wire no text unless it is a list. */
export function toRequest(value: unknown, form: Form): Fields {
  if (isFields(value, form)) return value;
  if (Array.isArray(value)) return fail('SerializationException', LIST_FOUND);
  return fail('SerializationException', form === 'wire' ? undefined : 'A request is an object');
}

// More than any list or map of the API may hold, and little enough to go through. Over the wire the door limits the whole body.
const MOST_ITEMS = 10_000;

/** In this process a list can claim 4 billion items without having one. */
export function withinReason<T>(items: readonly T[], path: string, form: Form): readonly T[] {
  if (form === 'direct' && items.length > MOST_ITEMS) refuse('Too many items', path, form);
  return items;
}

export function toList(value: unknown, path: string, form: Form): readonly unknown[] {
  if (Array.isArray(value)) return withinReason(value, path, form);
  return refuse(typeof value === 'object' ? MAP_FOUND : 'Expected list or null', path, form);
}

/**
 * JSON knows lists and objects only. In this process a Map, a Date or an array of bytes is an object too: taken for a
 * structure it would have no members, and an encryption context would silently be empty.
 */
function isFields(value: unknown, form: Form): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return form === 'wire' || Object.prototype.toString.call(value) === '[object Object]';
}
