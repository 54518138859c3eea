// Reading templates: whether they may say what they say, and the attributes an object has then.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/attr-errors.html

import { equalBytes } from '@kmsim/hsm-core';
import type { Attributes, KeyType, ObjectClass } from '../keys/attributes.ts';
import { type AttributeName, attributeTable, defaults, hasAttribute, type Template } from './attribute-table.ts';
import type { Failure } from './return-codes.ts';

type Value = string | number | boolean | Uint8Array;

export function isAttributeName(name: string): name is AttributeName {
  return Object.hasOwn(attributeTable, name);
}

function hasKind(value: unknown, kind: 'boolean' | 'string' | 'number' | 'bytes'): value is Value {
  return kind === 'bytes' ? value instanceof Uint8Array : typeof value === kind;
}

/** The attributes a template names, with values that are no one else's; or why it is refused. */
function entriesOf(template: Template): [AttributeName, Value][] | Failure {
  const entries: [AttributeName, Value][] = [];
  for (const [name, value] of Object.entries(template)) {
    if (!isAttributeName(name)) return 'CKR_ATTRIBUTE_TYPE_INVALID';
    if (!hasKind(value, attributeTable[name].kind)) return 'CKR_ATTRIBUTE_VALUE_INVALID';
    entries.push([name, value instanceof Uint8Array ? new Uint8Array(value) : value]);
  }
  return entries;
}

/** The attributes of a new object. `isLocal`: made in the HSM. `facts`: what follows from its bytes; a template may only say the same. */
export function attributesFor(
  template: Template,
  objectClass: ObjectClass,
  keyType: KeyType,
  isLocal: boolean,
  facts: Partial<Attributes>,
): Attributes | Failure {
  const entries = entriesOf(template);
  if (typeof entries === 'string') return entries;
  for (const [name, value] of entries) {
    const { given, keyTypes } = attributeTable[name];
    if (given === 'read-only') return 'CKR_ATTRIBUTE_READ_ONLY';
    if (!hasAttribute(name, objectClass, keyType)) return 'CKR_TEMPLATE_INCONSISTENT';
    if (given === 'only true' && value !== true) return 'CKR_ATTRIBUTE_VALUE_INVALID';
    if (keyTypes !== undefined && !isEqual(value, facts[name as keyof Attributes])) return 'CKR_TEMPLATE_INCONSISTENT';
  }
  const { CKA_CLASS = objectClass, CKA_KEY_TYPE = keyType } = template;
  if (CKA_CLASS !== objectClass || CKA_KEY_TYPE !== keyType) return 'CKR_TEMPLATE_INCONSISTENT';
  const attributes = {
    ...defaults(objectClass, keyType, isLocal),
    ...(Object.fromEntries(entries) as Template),
    ...facts,
  };
  const isSecret = objectClass !== 'CKO_PUBLIC_KEY';
  return { ...attributes, CKA_NEVER_EXTRACTABLE: isSecret && isLocal && !attributes.CKA_EXTRACTABLE };
}

/** The attributes after a change. */
export function changed(attributes: Attributes, template: Template): Attributes | Failure {
  const entries = entriesOf(template);
  if (typeof entries === 'string') return entries;
  for (const [name, value] of entries) {
    if (!hasAttribute(name, attributes.CKA_CLASS, attributes.CKA_KEY_TYPE)) return 'CKR_ATTRIBUTE_TYPE_INVALID';
    const { change } = attributeTable[name];
    const isAllowed =
      change === 'freely' || (change === 'to true' && value === true) || (change === 'to false' && value === false);
    if (!isAllowed) return 'CKR_ATTRIBUTE_READ_ONLY';
  }
  return { ...attributes, ...(Object.fromEntries(entries) as Template) };
}

/** Whether an object is what a template for a search says. */
export function matches(attributes: Attributes, template: Template): boolean {
  return Object.entries(template).every(([name, wanted]) => {
    if (!isAttributeName(name) || name === 'CKA_VALUE') return false;
    return isEqual(wanted, attributes[name]);
  });
}

function isEqual(one: unknown, other: unknown): boolean {
  return one instanceof Uint8Array && other instanceof Uint8Array ? equalBytes(one, other) : one === other;
}
