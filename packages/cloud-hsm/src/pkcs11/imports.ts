// Keys that come from outside: by their values, or wrapped.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-attributes-interpreting.html (CreateObject, UnwrapKey)

import type { KeyType, ObjectClass } from '../keys/attributes.ts';
import type { Template } from './attribute-table.ts';
import { ecPrivateObject, ecPublicKey, type NewObject, rsaPrivateObject, rsaPublicKey, secretKey } from './objects.ts';
import type { Failure } from './return-codes.ts';
import type { Toolbox } from './toolbox.ts';

type Kind = `${ObjectClass} ${KeyType}`;

type FromTemplate = (tools: Toolbox, template: Template) => NewObject | Failure;
type FromBytes = (tools: Toolbox, bytes: Uint8Array) => NewObject | Failure;

const ofValue =
  (keyType: KeyType): FromTemplate =>
  (_tools, { CKA_VALUE }) =>
    CKA_VALUE === undefined ? 'CKR_TEMPLATE_INCOMPLETE' : secretKey(keyType, new Uint8Array(CKA_VALUE));

const unwrapped =
  (keyType: KeyType): FromBytes =>
  (_tools, bytes) => {
    const key = secretKey(keyType, bytes);
    return typeof key === 'string' ? 'CKR_WRAPPED_KEY_INVALID' : key;
  };

/** Private keys do not come in by their values: they are wrapped first. */
const created: Readonly<Partial<Record<Kind, FromTemplate>>> = {
  'CKO_SECRET_KEY CKK_AES': ofValue('CKK_AES'),
  'CKO_SECRET_KEY CKK_GENERIC_SECRET': ofValue('CKK_GENERIC_SECRET'),
  'CKO_PUBLIC_KEY CKK_RSA': (_tools, template) => rsaPublicKey(template),
  'CKO_PUBLIC_KEY CKK_EC': ecPublicKey,
};

/** Secret keys are wrapped as they are, private keys as PKCS #8. */
const read: Readonly<Partial<Record<Kind, FromBytes>>> = {
  'CKO_SECRET_KEY CKK_AES': unwrapped('CKK_AES'),
  'CKO_SECRET_KEY CKK_GENERIC_SECRET': unwrapped('CKK_GENERIC_SECRET'),
  'CKO_PRIVATE_KEY CKK_RSA': (tools, bytes) => {
    const key = tools.readRsa(bytes);
    return key === undefined ? 'CKR_WRAPPED_KEY_INVALID' : rsaPrivateObject(key);
  },
  'CKO_PRIVATE_KEY CKK_EC': (tools, bytes) => {
    const key = tools.readEc(bytes);
    return key === undefined ? 'CKR_WRAPPED_KEY_INVALID' : ecPrivateObject(key);
  },
};

export function objectOf(tools: Toolbox, template: Template): NewObject | Failure {
  const { CKA_CLASS, CKA_KEY_TYPE } = template;
  if (CKA_CLASS === undefined || CKA_KEY_TYPE === undefined) return 'CKR_TEMPLATE_INCOMPLETE';
  return created[`${CKA_CLASS} ${CKA_KEY_TYPE}`]?.(tools, template) ?? 'CKR_TEMPLATE_INCONSISTENT';
}

export function objectFromBytes(tools: Toolbox, template: Template, bytes: Uint8Array): NewObject | Failure {
  const { CKA_CLASS, CKA_KEY_TYPE } = template;
  if (CKA_CLASS === undefined || CKA_KEY_TYPE === undefined) return 'CKR_TEMPLATE_INCOMPLETE';
  return read[`${CKA_CLASS} ${CKA_KEY_TYPE}`]?.(tools, bytes) ?? 'CKR_TEMPLATE_INCONSISTENT';
}
