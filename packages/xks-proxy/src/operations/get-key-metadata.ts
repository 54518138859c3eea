// GetKeyMetadata: what AWS KMS wants to know of a key before it makes one of its own on it.

import { failure } from '../errors.ts';
import type { KeyOperation } from './operation.ts';

export const getKeyMetadata: KeyOperation<object> = {
  read: () => ({}),
  needs: () => [],
  run: (keys, keyId) => {
    const key = keys.get(keyId);
    if (key === undefined) return failure('KeyNotFoundException', 'There is no such external key.');
    return { keySpec: key.keySpec, keyUsage: key.keyUsage, keyStatus: key.keyStatus };
  },
};
