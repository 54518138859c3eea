// What can go wrong where a client talks to HSMs, as values.

/** Why a login failed. */
export type LoginFault =
  | 'USER_NOT_FOUND'
  | 'USER_LOCKED_OUT'
  | 'USER_LOGGED_IN'
  | 'INVALID_CREDENTIALS'
  | 'NO_HSM'
  | 'UNREACHABLE';

/**
 * Why an operation of a session was not done.
 * SESSION_LOST: the session is over (logged out, the user deleted, every HSM gone for a while): log in again.
 * HSM_LOST: the HSM that worked on it failed in the middle of it; the session goes on with the others, so ask again.
 */
export type SessionFault = 'SESSION_LOST' | 'HSM_LOST' | 'NO_HSM' | 'UNREACHABLE' | 'TOO_MANY_SESSIONS';

/** What clients ask of an HSM; a test says in the middle of which it is lost. */
export type HsmOperation =
  | 'changePassword'
  | 'createKey'
  | 'changeKey'
  | 'destroyKey'
  | 'encrypt'
  | 'decrypt'
  | 'sign'
  | 'verify'
  | 'wrap'
  | 'unwrap'
  | 'random';

export interface HsmLoss {
  readonly during: HsmOperation;
  /** `failure` keeps what is in the HSM, for when it comes back; `zeroization` erases it. */
  readonly by: 'failure' | 'zeroization';
}
