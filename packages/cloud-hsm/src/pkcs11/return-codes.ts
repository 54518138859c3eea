// The return codes of PKCS #11, as values. Functions answer with what was asked for or with a code; those that give nothing answer CKR_OK.
// https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/pkcs11-base-v2.40.html (section 5.1)

import type { LoginFault, SessionFault } from '../faults.ts';

export type ReturnCode =
  | 'CKR_OK'
  | 'CKR_ACTION_PROHIBITED'
  | 'CKR_ARGUMENTS_BAD'
  | 'CKR_ATTRIBUTE_READ_ONLY'
  | 'CKR_ATTRIBUTE_SENSITIVE'
  | 'CKR_ATTRIBUTE_TYPE_INVALID'
  | 'CKR_ATTRIBUTE_VALUE_INVALID'
  | 'CKR_DATA_INVALID'
  | 'CKR_DATA_LEN_RANGE'
  | 'CKR_DEVICE_ERROR'
  | 'CKR_DEVICE_MEMORY'
  | 'CKR_DEVICE_REMOVED'
  | 'CKR_ENCRYPTED_DATA_INVALID'
  | 'CKR_ENCRYPTED_DATA_LEN_RANGE'
  | 'CKR_FUNCTION_FAILED'
  | 'CKR_KEY_FUNCTION_NOT_PERMITTED'
  | 'CKR_KEY_HANDLE_INVALID'
  | 'CKR_KEY_NOT_WRAPPABLE'
  | 'CKR_KEY_SIZE_RANGE'
  | 'CKR_KEY_TYPE_INCONSISTENT'
  | 'CKR_KEY_UNEXTRACTABLE'
  | 'CKR_MECHANISM_INVALID'
  | 'CKR_MECHANISM_PARAM_INVALID'
  | 'CKR_OBJECT_HANDLE_INVALID'
  | 'CKR_PIN_INCORRECT'
  | 'CKR_PIN_INVALID'
  | 'CKR_PIN_LEN_RANGE'
  | 'CKR_PIN_LOCKED'
  | 'CKR_SESSION_COUNT'
  | 'CKR_SESSION_HANDLE_INVALID'
  | 'CKR_SIGNATURE_INVALID'
  | 'CKR_SIGNATURE_LEN_RANGE'
  | 'CKR_SLOT_ID_INVALID'
  | 'CKR_TEMPLATE_INCOMPLETE'
  | 'CKR_TEMPLATE_INCONSISTENT'
  | 'CKR_UNWRAPPING_KEY_HANDLE_INVALID'
  | 'CKR_USER_ALREADY_LOGGED_IN'
  | 'CKR_USER_ANOTHER_ALREADY_LOGGED_IN'
  | 'CKR_USER_NOT_LOGGED_IN'
  | 'CKR_USER_TYPE_INVALID'
  | 'CKR_WRAPPED_KEY_INVALID'
  | 'CKR_WRAPPING_KEY_HANDLE_INVALID';

/** A failure. */
export type Failure = Exclude<ReturnCode, 'CKR_OK'>;

export const codeOfFault: Readonly<Record<SessionFault, Failure>> = {
  SESSION_LOST: 'CKR_USER_NOT_LOGGED_IN',
  HSM_LOST: 'CKR_DEVICE_ERROR',
  NO_HSM: 'CKR_DEVICE_REMOVED',
  UNREACHABLE: 'CKR_DEVICE_ERROR',
  TOO_MANY_SESSIONS: 'CKR_SESSION_COUNT',
};

// A user who does not exist is not told from one with another password.
export const codeOfLogin: Readonly<Record<LoginFault, Failure>> = {
  USER_NOT_FOUND: 'CKR_PIN_INCORRECT',
  INVALID_CREDENTIALS: 'CKR_PIN_INCORRECT',
  USER_LOCKED_OUT: 'CKR_PIN_LOCKED',
  USER_LOGGED_IN: 'CKR_USER_ANOTHER_ALREADY_LOGGED_IN',
  NO_HSM: 'CKR_DEVICE_REMOVED',
  UNREACHABLE: 'CKR_DEVICE_ERROR',
};

/** For those who would rather catch. */
export class Pkcs11Error extends Error {
  readonly code: Failure;

  constructor(code: Failure) {
    super(code);
    this.name = 'Pkcs11Error';
    this.code = code;
  }
}

/** The outcome itself; throws a Pkcs11Error for a failure. */
export function ok<Outcome>(outcome: Outcome): Exclude<Outcome, Failure> {
  if (typeof outcome === 'string' && outcome !== 'CKR_OK') throw new Pkcs11Error(outcome as unknown as Failure);
  return outcome as Exclude<Outcome, Failure>;
}
