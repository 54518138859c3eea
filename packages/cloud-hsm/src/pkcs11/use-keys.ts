// What is done with keys, in one order: the mechanism, the key, its type, whether it may, the HSM, and then the work.

import type { HsmOperation } from '../faults.ts';
import type { Attributes, KeyType, ObjectClass } from '../keys/attributes.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import type { Application } from './application.ts';
import { digests } from './digests.ts';
import { encryptions } from './encryption.ts';
import {
  chosen,
  type DigestMechanism,
  type EncryptionMechanism,
  type Mechanism,
  type MechanismType,
  type Parameters,
  type SigningMechanism,
  type WrappingMechanism,
} from './mechanisms.ts';
import type { Failure, ReturnCode } from './return-codes.ts';
import { signings } from './signing.ts';
import { wrappings } from './wrapping.ts';

type Usage = 'CKA_ENCRYPT' | 'CKA_DECRYPT' | 'CKA_SIGN' | 'CKA_VERIFY' | 'CKA_WRAP' | 'CKA_UNWRAP';

/** Which half of a key pair a usage takes; a secret key does both. */
const halves: Readonly<Record<Usage, ObjectClass>> = {
  CKA_ENCRYPT: 'CKO_PUBLIC_KEY',
  CKA_DECRYPT: 'CKO_PRIVATE_KEY',
  CKA_SIGN: 'CKO_PRIVATE_KEY',
  CKA_VERIFY: 'CKO_PUBLIC_KEY',
  CKA_WRAP: 'CKO_PUBLIC_KEY',
  CKA_UNWRAP: 'CKO_PRIVATE_KEY',
};

interface Purpose {
  readonly usage: Usage;
  readonly operation: HsmOperation;
  readonly invalidHandle: Failure;
}

const purposes = {
  encrypt: { usage: 'CKA_ENCRYPT', operation: 'encrypt', invalidHandle: 'CKR_KEY_HANDLE_INVALID' },
  decrypt: { usage: 'CKA_DECRYPT', operation: 'decrypt', invalidHandle: 'CKR_KEY_HANDLE_INVALID' },
  sign: { usage: 'CKA_SIGN', operation: 'sign', invalidHandle: 'CKR_KEY_HANDLE_INVALID' },
  verify: { usage: 'CKA_VERIFY', operation: 'verify', invalidHandle: 'CKR_KEY_HANDLE_INVALID' },
  wrap: { usage: 'CKA_WRAP', operation: 'wrap', invalidHandle: 'CKR_WRAPPING_KEY_HANDLE_INVALID' },
  unwrap: { usage: 'CKA_UNWRAP', operation: 'unwrap', invalidHandle: 'CKR_UNWRAPPING_KEY_HANDLE_INVALID' },
} as const satisfies Record<string, Purpose>;

/** The key for a purpose, if it may be used so. */
function usable(application: Application, handle: number, keyType: KeyType, purpose: Purpose): StoredKey | Failure {
  const key = application.find(handle);
  if (key === undefined) return purpose.invalidHandle;
  const { CKA_CLASS, CKA_KEY_TYPE } = key.attributes;
  const isOfClass = CKA_CLASS === 'CKO_SECRET_KEY' || CKA_CLASS === halves[purpose.usage];
  if (CKA_KEY_TYPE !== keyType || !isOfClass) return 'CKR_KEY_TYPE_INCONSISTENT';
  if (!key.attributes[purpose.usage]) return 'CKR_KEY_FUNCTION_NOT_PERMITTED';
  if (application.lacksCopies(key)) return 'CKR_FUNCTION_FAILED';
  return application.lossDuring(purpose.operation, key) ?? key;
}

/** What a mechanism needs to work: its row and parameters, and the key. */
interface Ready<Row> {
  readonly row: Row;
  readonly parameters: Parameters;
  readonly key: StoredKey;
}

function ready<Type extends MechanismType, Row extends { readonly keyType: KeyType }>(
  application: Application,
  mechanism: Mechanism<Type>,
  table: Readonly<Record<Type, Row>>,
  handle: number,
  purpose: Purpose,
): Ready<Row> | Failure {
  const choice = chosen(mechanism, table);
  if (typeof choice === 'string') return choice;
  const key = usable(application, handle, choice.row.keyType, purpose);
  return typeof key === 'string' ? key : { ...choice, key };
}

export function encrypt(
  application: Application,
  mechanism: Mechanism<EncryptionMechanism>,
  handle: number,
  data: Uint8Array,
): Uint8Array | Failure {
  const use = ready(application, mechanism, encryptions, handle, purposes.encrypt);
  return typeof use === 'string' ? use : use.row.encrypt(application.tools, use.key, use.parameters, data);
}

export function decrypt(
  application: Application,
  mechanism: Mechanism<EncryptionMechanism>,
  handle: number,
  data: Uint8Array,
): Uint8Array | Failure {
  const use = ready(application, mechanism, encryptions, handle, purposes.decrypt);
  return typeof use === 'string' ? use : use.row.decrypt(application.tools, use.key, use.parameters, data);
}

export function sign(
  application: Application,
  mechanism: Mechanism<SigningMechanism>,
  handle: number,
  data: Uint8Array,
): Uint8Array | Failure {
  const use = ready(application, mechanism, signings, handle, purposes.sign);
  return typeof use === 'string' ? use : use.row.sign(application.tools, use.key, use.parameters, data);
}

export function verify(
  application: Application,
  mechanism: Mechanism<SigningMechanism>,
  handle: number,
  data: Uint8Array,
  signature: Uint8Array,
): ReturnCode {
  const use = ready(application, mechanism, signings, handle, purposes.verify);
  return typeof use === 'string' ? use : use.row.verify(application.tools, use.key, use.parameters, data, signature);
}

export function digest(
  application: Application,
  mechanism: Mechanism<DigestMechanism>,
  data: Uint8Array,
): Uint8Array | Failure {
  const choice = chosen(mechanism, digests);
  return typeof choice === 'string' ? choice : choice.row(application.tools, data);
}

/** Why a key does not leave under this one. */
function wrappingFault(key: Attributes, wrappingKey: Attributes): Failure | undefined {
  if (key.CKA_CLASS === 'CKO_PUBLIC_KEY') return 'CKR_KEY_NOT_WRAPPABLE';
  if (!key.CKA_EXTRACTABLE) return 'CKR_KEY_UNEXTRACTABLE';
  return key.CKA_WRAP_WITH_TRUSTED && !wrappingKey.CKA_TRUSTED ? 'CKR_KEY_NOT_WRAPPABLE' : undefined;
}

export function wrapKey(
  application: Application,
  mechanism: Mechanism<WrappingMechanism>,
  wrappingHandle: number,
  handle: number,
): Uint8Array | Failure {
  const use = ready(application, mechanism, wrappings, wrappingHandle, purposes.wrap);
  if (typeof use === 'string') return use;
  const key = application.find(handle);
  if (key === undefined) return 'CKR_KEY_HANDLE_INVALID';
  const fault = wrappingFault(key.attributes, use.key.attributes);
  return fault ?? use.row.wrap(application.tools, use.key, use.parameters, key.secret.bytes());
}

/** The bytes that were wrapped, to be erased. */
export function unwrapKey(
  application: Application,
  mechanism: Mechanism<WrappingMechanism>,
  handle: number,
  wrapped: Uint8Array,
): Uint8Array | Failure {
  const use = ready(application, mechanism, wrappings, handle, purposes.unwrap);
  return typeof use === 'string' ? use : use.row.unwrap(application.tools, use.key, use.parameters, wrapped);
}
