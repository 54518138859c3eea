// Sealing and opening with a key's material, in the words of KMS.

import { type BlobPurpose, maxContextBytes, sealRandomLength } from '@kmsim/hsm-core';
import { fail } from './api/errors.ts';
import type { Source } from './enter.ts';
import { usableMaterial } from './key-material.ts';
import type { Call } from './operation.ts';
import { isHere } from './state/imported-material.ts';
import type { KeyRecord } from './state/records.ts';

export type Context = ReadonlyMap<string, string> | undefined;

/** A ciphertext blob under the key's current material. */
export function sealWith(
  call: Call,
  key: KeyRecord,
  purpose: BlobPurpose,
  context: Context,
  plaintext: Uint8Array,
): Uint8Array {
  const sealed = call.kms.vault.seal(
    usableMaterial(key),
    purpose,
    context,
    plaintext,
    call.random.draw(sealRandomLength),
  );
  if (typeof sealed !== 'string') return sealed;
  // No figure and no words are documented for either.
  if (sealed === 'too large')
    fail('ValidationException', `The encryption context is longer than ${maxContextBytes} bytes.`);
  if (sealed === 'ill-formed string') fail('ValidationException', 'The encryption context is not valid Unicode.');
  return fail('KMSInvalidStateException', `${key.arn} is pending import.`);
}

/** The plaintext under any material of the key, or InvalidCiphertextException without a message, whatever the reason. */
export function openWith(call: Call, source: Source, context: Context): Uint8Array {
  const { blob, found, key } = source;
  const isMissing = found === undefined || (key.replicas !== undefined && !isHere(key, found.materialId));
  const plaintext = isMissing ? undefined : call.kms.vault.open(found, context, blob);
  return plaintext ?? fail('InvalidCiphertextException');
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
