// The attributes: which objects have them, where a template may name them, how they change, what they are unless somebody says so.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-attributes-interpreting.html
// https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/pkcs11-base-v2.40.html (sections 4.4 to 4.10)

import type { Attributes, KeyType, ObjectClass } from '../keys/attributes.ts';

/** What templates name: what objects have, and the values that only go in. */
export interface TemplateAttributes extends Attributes {
  /** The bytes of a secret key. */
  readonly CKA_VALUE: Uint8Array;
}

export type AttributeName = keyof TemplateAttributes;

export type Template = { readonly [Name in AttributeName]?: NonNullable<TemplateAttributes[Name]> };

/** How an attribute may change once the object is there; `by admin` is for the admin alone. */
type Change = 'freely' | 'to true' | 'to false' | 'by admin' | 'never';

/** What a template may say of it: anything, only true, or nothing (the HSM sets it). */
type Given = 'any' | 'only true' | 'read-only';

interface AttributeRow {
  readonly kind: 'boolean' | 'string' | 'number' | 'bytes';
  readonly given: Given;
  readonly change: Change;
  /** The objects that have it; all of them where nothing stands here. */
  readonly classes?: readonly ObjectClass[];
  readonly keyTypes?: readonly KeyType[];
}

const secrets: readonly ObjectClass[] = ['CKO_SECRET_KEY', 'CKO_PRIVATE_KEY'];
const symmetric: readonly ObjectClass[] = ['CKO_SECRET_KEY'];
const sealing: readonly ObjectClass[] = ['CKO_SECRET_KEY', 'CKO_PUBLIC_KEY'];
const asymmetric: readonly ObjectClass[] = ['CKO_PRIVATE_KEY', 'CKO_PUBLIC_KEY'];

const identity = (kind: 'string' | 'bytes', change: Change): AttributeRow => ({ kind, given: 'any', change });
const usage = (classes: readonly ObjectClass[], change: Change = 'freely'): AttributeRow => ({
  kind: 'boolean',
  given: 'any',
  change,
  classes,
});
const fixed = (
  kind: 'bytes' | 'number',
  keyTypes: readonly KeyType[],
  classes: readonly ObjectClass[],
): AttributeRow => ({
  kind,
  given: 'any',
  change: 'never',
  classes,
  keyTypes,
});
const told = (classes?: readonly ObjectClass[]): AttributeRow => ({
  kind: 'boolean',
  given: 'read-only',
  change: 'never',
  ...(classes && { classes }),
});

export const attributeTable: Readonly<Record<AttributeName, AttributeRow>> = {
  CKA_CLASS: identity('string', 'never'),
  CKA_KEY_TYPE: identity('string', 'never'),
  CKA_LABEL: identity('string', 'freely'),
  CKA_ID: identity('bytes', 'freely'),
  CKA_TOKEN: { kind: 'boolean', given: 'any', change: 'to true' },
  CKA_PRIVATE: { kind: 'boolean', given: 'only true', change: 'never' },
  CKA_LOCAL: told(),
  CKA_MODIFIABLE: { kind: 'boolean', given: 'any', change: 'never' },
  CKA_DESTROYABLE: { kind: 'boolean', given: 'any', change: 'freely' },
  CKA_ENCRYPT: usage(sealing),
  CKA_DECRYPT: usage(secrets),
  CKA_SIGN: usage(secrets),
  CKA_VERIFY: usage(sealing),
  CKA_WRAP: usage(sealing),
  CKA_UNWRAP: usage(secrets),
  CKA_DERIVE: usage(secrets),
  CKA_SENSITIVE: { kind: 'boolean', given: 'only true', change: 'never', classes: secrets },
  CKA_ALWAYS_SENSITIVE: told(secrets),
  CKA_EXTRACTABLE: usage(secrets, 'to false'),
  CKA_NEVER_EXTRACTABLE: told(secrets),
  CKA_TRUSTED: { kind: 'boolean', given: 'read-only', change: 'by admin', classes: sealing },
  CKA_WRAP_WITH_TRUSTED: usage(secrets, 'to true'),
  CKA_VALUE: fixed('bytes', ['CKK_AES', 'CKK_GENERIC_SECRET'], symmetric),
  CKA_VALUE_LEN: fixed('number', ['CKK_AES', 'CKK_GENERIC_SECRET'], symmetric),
  CKA_MODULUS_BITS: fixed('number', ['CKK_RSA'], ['CKO_PUBLIC_KEY']),
  CKA_MODULUS: fixed('bytes', ['CKK_RSA'], asymmetric),
  CKA_PUBLIC_EXPONENT: fixed('bytes', ['CKK_RSA'], asymmetric),
  CKA_EC_PARAMS: fixed('bytes', ['CKK_EC'], asymmetric),
  CKA_EC_POINT: fixed('bytes', ['CKK_EC'], ['CKO_PUBLIC_KEY']),
};

export function hasAttribute(name: AttributeName, objectClass: ObjectClass, keyType: KeyType): boolean {
  const { classes, keyTypes } = attributeTable[name];
  return (classes?.includes(objectClass) ?? true) && (keyTypes?.includes(keyType) ?? true);
}

/** What an object has unless its template says so, and what the HSM adds. */
export function defaults(objectClass: ObjectClass, keyType: KeyType, isLocal: boolean): Attributes {
  const isSecret = objectClass !== 'CKO_PUBLIC_KEY';
  return {
    CKA_CLASS: objectClass,
    CKA_KEY_TYPE: keyType,
    CKA_LABEL: '',
    CKA_ID: new Uint8Array(),
    CKA_TOKEN: false,
    CKA_PRIVATE: true,
    CKA_LOCAL: isLocal,
    CKA_MODIFIABLE: true,
    CKA_DESTROYABLE: true,
    CKA_ENCRYPT: false,
    CKA_DECRYPT: false,
    CKA_SIGN: false,
    CKA_VERIFY: false,
    CKA_WRAP: false,
    CKA_UNWRAP: false,
    CKA_DERIVE: false,
    CKA_SENSITIVE: isSecret,
    CKA_ALWAYS_SENSITIVE: isSecret && isLocal,
    CKA_EXTRACTABLE: isSecret,
    CKA_NEVER_EXTRACTABLE: false,
    CKA_TRUSTED: false,
    CKA_WRAP_WITH_TRUSTED: false,
  };
}
