// The one reader of requests: interprets an operation's shapes. A wrong type ends the request at once; broken constraints are
// collected over all members, in the order of the model, and refused together.

import { lengthCheck, NONE, type Phrases, rangeCheck, textCheck } from './checks.ts';
import { constraints } from './constraints.ts';
import {
  type Fields,
  type Form,
  toBoolean,
  toBytes,
  toFields,
  toInstant,
  toInteger,
  toList,
  toRequest,
  toText,
  withinReason,
} from './decode.ts';
import { listedValues } from './enum-order.ts';
import { fail, KmsError } from './errors.ts';
import { enums, type OperationName, operations, type Shape, type StructureName, structures } from './shapes.ts';
import { all, entries, items, listed, missing, NOT_NULL, refuse, type Violations, violation } from './violations.ts';

export type { Form } from './decode.ts';

/** What `read` makes of a request: maps are Maps, because every string is a good key (`__proto__` is one). */
export type Read<T> = T extends string | number | boolean | Uint8Array | Date | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Read<Item>[]
    : string extends keyof T
      ? ReadonlyMap<string, string>
      : { readonly [Name in keyof T]: Read<T[Name]> };

/** A fresh object with the known members that are present; `null` is absent, unknown members are ignored. */
export function read(operation: OperationName, input: unknown, form: Form): Record<string, unknown> {
  const violations: Violations = [];
  const result =
    form === 'wire' ? readAll(operation, input, form, violations) : readValues(operation, input, violations);
  if (violations.length > 0) refuse(violations);
  return result;
}

// Values of this process may have getters and proxies, which raise whatever they like.
function readValues(operation: OperationName, input: unknown, violations: Violations): Record<string, unknown> {
  try {
    return readAll(operation, input, 'direct', violations);
  } catch (error) {
    if (error instanceof KmsError) throw error;
    return fail('SerializationException', 'A request is plain data: this one raised an error when it was read');
  }
}

function readAll(
  operation: OperationName,
  input: unknown,
  form: Form,
  violations: Violations,
): Record<string, unknown> {
  return readMembers(inputOf(operation, form), toRequest(input, form), '', violations);
}

const inputs: Readonly<Record<Form, Map<OperationName, readonly MemberReader[]>>> = {
  wire: new Map(),
  direct: new Map(),
};

/** The members of an operation's input, with one look-up a request. */
function inputOf(operation: OperationName, form: Form): readonly MemberReader[] {
  const known = inputs[form].get(operation);
  if (known !== undefined) return known;
  const members = membersOf(operations[operation].input, form);
  inputs[form].set(operation, members);
  return members;
}

type Reader = (value: unknown, path: string, violations: Violations) => unknown;

interface MemberReader {
  readonly name: string;
  /** The name as messages spell it: KeyId is keyId, XksKeyId is xksKeyId. */
  readonly label: string;
  readonly required: boolean;
  readonly sensitive: boolean;
  readonly read: Reader;
}

const compiled: Readonly<Record<Form, Map<StructureName, readonly MemberReader[]>>> = {
  wire: new Map(),
  direct: new Map(),
};

/** Compiled on first use; a structure that held itself would not end, but the API has none. */
function membersOf(name: StructureName, form: Form): readonly MemberReader[] {
  const known = compiled[form].get(name);
  if (known !== undefined) return known;
  const members = structures[name].map((member) => ({
    name: member.name,
    label: member.name.charAt(0).toLowerCase() + member.name.slice(1),
    required: member.required === true,
    sensitive: isSensitive(member.shape),
    read: readerOf(member.shape, form),
  }));
  compiled[form].set(name, members);
  return members;
}

function readMembers(
  members: readonly MemberReader[],
  fields: Fields,
  prefix: string,
  violations: Violations,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const member of members) {
    const value = fields[member.name];
    const path = prefix === '' ? member.label : prefix + member.label;
    if (value !== undefined && value !== null) result[member.name] = member.read(value, path, violations);
    else if (member.required) violations.push(missing(path, member.sensitive));
  }
  return result;
}

function isSensitive(shape: Shape): boolean {
  return (shape.kind === 'string' || shape.kind === 'blob') && shape.sensitive === true;
}

function readerOf(shape: Shape, form: Form): Reader {
  switch (shape.kind) {
    case 'string':
      return checked(toText, form, textCheck(shape.constraint), isSensitive(shape) ? hidden : String);
    case 'enum': {
      const values = new Set(enums[shape.values]);
      const phrases = [listed(listedValues(shape.values))];
      return checked(toText, form, (text) => (values.has(text) ? NONE : phrases), String);
    }
    case 'integer':
      return checked(toInteger, form, rangeCheck(shape.constraint), String);
    case 'blob':
      // No blob is ever echoed, sensitive or not (recorded for plaintext, reported for ciphertextBlob).
      return checked(toBytes, form, lengthCheck(shape.constraint), hidden);
    case 'boolean':
      return (value, path) => toBoolean(value, path, form);
    case 'timestamp':
      return (value, path) => toInstant(value, path, form);
    case 'map':
      return mapReader(form);
    case 'structure': {
      const members = membersOf(shape.of, form);
      return (value, path, violations) =>
        readMembers(members, toFields(value, 'Expected null', path, form), `${path}.`, violations);
    }
    case 'list':
      return shape.item.kind === 'structure' ? structuresReader(shape.item.of, form) : textsReader(shape, form);
  }
}

function hidden(): undefined {
  return undefined;
}

function checked<T>(
  decode: (value: unknown, path: string, form: Form) => T,
  form: Form,
  check: (value: T) => Phrases,
  show: (value: T) => string | undefined,
): Reader {
  return (value, path, violations) => {
    const decoded = decode(value, path, form);
    const phrases = check(decoded);
    if (phrases.length > 0) {
      for (const phrase of phrases) violations.push(violation(path, show(decoded), phrase));
    }
    return decoded;
  };
}

type ListShape = Extract<Shape, { kind: 'list' }>;

/**
 * A list of strings or of enumeration values. A null in it is refused over the wire and left out in this process: the AWS
 * SDKs leave it out when they write the request.
 */
function textsReader(shape: ListShape, form: Form): Reader {
  const { good, phrases } = itemRule(shape.item);
  const checkLength = lengthCheck(shape.constraint);
  return (value, path, violations) => {
    const source = toList(value, path, form);
    const texts: (string | null)[] = [];
    const blamed = new Set<string>();
    for (let i = 0; i < source.length; i++) {
      const item = source[i];
      if (item !== null && item !== undefined) {
        const text = toText(item, `${path}.${i + 1}.member`, form);
        texts.push(text);
        if (!good(text)) for (const phrase of phrases) blamed.add(phrase);
      } else if (form === 'wire') {
        texts.push(null);
        blamed.add(NOT_NULL);
      }
    }
    const shown = (): string => `[${texts.map(String).join(', ')}]`;
    for (const phrase of checkLength(texts)) violations.push(violation(path, shown(), phrase));
    if (blamed.size > 0) violations.push(violation(path, shown(), items([...blamed])));
    return texts;
  };
}

function itemRule(item: Shape): { good: (text: string) => boolean; phrases: Phrases } {
  if (item.kind === 'enum') {
    const values = new Set(enums[item.values]);
    return { good: (text) => values.has(text), phrases: [listed(listedValues(item.values))] };
  }
  if (item.kind !== 'string') throw new Error(`no reader for a list of ${item.kind}`);
  const check = textCheck(item.constraint);
  const phrases = item.constraint === undefined ? NONE : all(constraints[item.constraint]);
  return { good: (text) => check(text).length === 0, phrases };
}

function structuresReader(name: StructureName, form: Form): Reader {
  const members = membersOf(name, form);
  return (value, path, violations) => {
    const source = toList(value, path, form);
    const result: Record<string, unknown>[] = [];
    for (let i = 0; i < source.length; i++) {
      const item = source[i];
      const itemPath = `${path}.${i + 1}.member`;
      if (item !== null && item !== undefined) {
        const fields = toFields(item, 'Expected null', itemPath, form);
        result.push(readMembers(members, fields, `${itemPath}.`, violations));
      } else if (form === 'wire') {
        violations.push(missing(itemPath, false));
      }
    }
    return result;
  };
}

/**
 * Keys in the order they came. What KMS does with a null value is not known. Leaving a pair out silently would weaken the
 * context that the caller meant, so over the wire it is refused, in the framework's words; in this process it is left out,
 * as the AWS SDKs do.
 */
function mapReader(form: Form): Reader {
  return (value, path, violations) => {
    const source = toFields(value, 'Expected map or null', path, form);
    const pairs = new Map<string, string>();
    const nulls: string[] = [];
    for (const key of withinReason(Object.keys(source), path, form)) {
      const text = source[key];
      if (text !== null && text !== undefined) pairs.set(toText(key, path, form), toText(text, path, form));
      else if (form === 'wire') nulls.push(`${key}=null`);
    }
    if (nulls.length > 0) violations.push(violation(path, `{${nulls.join(', ')}}`, entries([NOT_NULL])));
    return pairs;
  };
}
