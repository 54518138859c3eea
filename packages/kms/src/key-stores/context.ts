// An encryption context as additional data behind a header.

import { type ContextFault, type EncryptionContext, maxContextBytes, writeContext } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';

// No figure and no words are documented for either.
export function refuseContext(fault: ContextFault, most: number = maxContextBytes): never {
  if (fault === 'too large') fail('ValidationException', `The encryption context is longer than ${most} bytes.`);
  return fail('ValidationException', 'The encryption context is not valid Unicode.');
}

/** The header with the canonical form of the context behind it. */
export function additionalData(
  header: Uint8Array,
  context: EncryptionContext | undefined,
  most: number = header.length + maxContextBytes,
): Uint8Array | ContextFault {
  const bytes = new Uint8Array(header.length + roomFor(context));
  bytes.set(header);
  const end = writeContext(context, bytes, header.length);
  if (typeof end !== 'number') return end;
  return end > most ? 'too large' : bytes.subarray(0, end);
}

// No character takes more than three bytes of UTF-8. The writer tells at the end what is too long, so it has somewhat more room than its limit.
function roomFor(context: EncryptionContext | undefined): number {
  if (context === undefined || context.size === 0) return 0;
  let most = 2;
  for (const [key, value] of context) most += 4 + 3 * (key.length + value.length);
  return Math.min(most, maxContextBytes) + 256;
}
