// The rows of every family beside the symmetric one, together: loaded when the first of them is used.

export { hmacHashes } from './hmac.ts';
export { keyPairKinds } from './key-pairs.ts';
export { wrappingKeys } from './wrapping.ts';
