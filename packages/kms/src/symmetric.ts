// Sealing and opening with a key's material, in the words of KMS.

import type { BlobPurpose } from '@kmsim/hsm-core';
import { fail } from './api/errors.ts';
import { keyStoreOf } from './key-stores/by-origin.ts';
import type { Context } from './key-stores/key-store.ts';
import type { Call } from './operation.ts';
import type { Source } from './source.ts';
import type { KeyRecord } from './state/records.ts';

export type { Context } from './key-stores/key-store.ts';

/** A ciphertext blob under the key's current material, wherever that is. */
export function sealWith(
  call: Call,
  key: KeyRecord,
  purpose: BlobPurpose,
  context: Context,
  plaintext: Uint8Array,
): Uint8Array {
  return keyStoreOf(key).seal(call, key, purpose, context, plaintext);
}

/** The plaintext under any material of the key. InvalidCiphertextException has no message, whatever the reason. */
export function openWith(call: Call, source: Source, context: Context): Uint8Array {
  return keyStoreOf(source.key).open(call, source, context);
}

/** Whether a dry run looks at permissions only and not at a ciphertext. */
export function dryRunIgnoresCiphertext(input: {
  readonly DryRun?: boolean | undefined;
  readonly DryRunModifiers?: readonly string[] | undefined;
}): boolean {
  const ignores = input.DryRunModifiers?.includes('IGNORE_CIPHERTEXT') ?? false;
  if (ignores && input.DryRun !== true)
    fail('ValidationException', 'DryRunModifiers can only be used when DryRun is true.');
  return ignores;
}
