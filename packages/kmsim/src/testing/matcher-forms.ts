// The matchers as a test calls them, whichever runner it has.

import type { OperationName } from '@kmsim/kms';
import type { DeniedQuery } from './been-denied.ts';
import type { ExpectedContext } from './encrypted-with-context.ts';

export interface KmsimMatchers<Answer = void> {
  /**
   * The key was used: a cryptographic operation with it succeeded; or the operation that is named did, whichever it is. The key by its id, its
   * ARN, or an alias, which stands for the key that it points at now and for requests that named it.
   */
  toHaveUsedKey(key: string, operation?: OperationName): Answer;
  /** Something was encrypted, or a data key made, with exactly this encryption context. `{}` is none. */
  toHaveEncryptedWithContext(context: ExpectedContext): Answer;
  /** A call was denied: any, or one of which all of the query holds. */
  toHaveBeenDenied(query?: DeniedQuery): Answer;
  /** The operation was called, with or without success: so many times, or at all. */
  toHaveCalled(operation: OperationName, times?: number): Answer;
}
