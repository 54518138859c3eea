// How calls find what they are about: by the name of a key, or by a ciphertext.

import { fail } from './api/errors.ts';
import { findCiphertext } from './key-stores/find-ciphertext.ts';
import type { Call } from './operation.ts';
import type { Source } from './source.ts';
import { unknownKey } from './state/absent-key.ts';
import type { KeyRecord } from './state/records.ts';
import { resolveKey } from './state/resolve.ts';

/** The call is about the key that KeyId names. */
export function enterKey(call: Call & { readonly input: { readonly KeyId: string } }): KeyRecord {
  const key = resolveKey(call, call.input.KeyId, call.row.keyIdForms === 'any' ? 'any' : 'key');
  call.subjects.key = { resource: key.arn, key };
  return key;
}

/**
 * Which grants the tokens of the request stand for. One that is damaged or of elsewhere stands for none; DescribeKey has no error for that.
 * One of a grant that is gone gives nothing (docs/decisions).
 */
export function enterGrantTokens(call: Call): void {
  const { GrantTokens } = call.input as { GrantTokens?: readonly string[] };
  if (GrantTokens === undefined || GrantTokens.length === 0) return;
  const ids = new Set<string>();
  for (const token of GrantTokens) {
    const id = call.kms.grantTokens.read(token);
    if (id !== undefined) ids.add(id);
    else if (call.models('InvalidGrantTokenException')) noSuchToken();
  }
  call.tokens = ids;
}

export function noSuchToken(): never {
  return fail('InvalidGrantTokenException', 'The grant token is not valid.');
}

/** A ciphertext and what the request says of it. */
export interface Ciphertext {
  readonly blob: Uint8Array;
  readonly keyName: string | undefined;
  readonly algorithm: string;
}

/**
 * The call is about the key of a ciphertext. A symmetric one names it; a KeyId beside it must name the same.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export function enterCiphertext(call: Call, { blob, keyName, algorithm }: Ciphertext): Source {
  const symmetric = algorithm === 'SYMMETRIC_DEFAULT';
  if (!symmetric && keyName === undefined)
    fail('ValidationException', `KeyId is required for the algorithm ${algorithm}.`);
  const search = symmetric ? findCiphertext(call.kms.vault, blob) : 'malformed';
  const found = typeof search === 'string' ? undefined : search;
  const key = found && call.kms.state.keyById(call.caller.region, found.keyId);
  if (keyName === undefined) {
    // Recording encryption-context-and-bad-ciphertext: no message.
    if (search === 'malformed') fail('InvalidCiphertextException');
    const hidden = key ?? unknownKey(call.caller.region);
    call.subjects.key = { resource: hidden.arn, key: hidden, hidden: true };
    return { key: hidden, blob, found };
  }
  // The reference says that another account's key "should" be named by ARN here, and "must" elsewhere: the ciphertext names it too.
  const named = keyName === key?.id ? key : resolveKey(call, keyName, 'any');
  const isAnothers = search !== 'malformed' && key !== named;
  const subject = { resource: named.arn, key: named };
  call.subjects.key = isAnothers ? { ...subject, isAnothers } : subject;
  return { key: named, blob, found };
}

/** The call is about a key of a ciphertext that is not looked at: its permissions can be asked for without one at hand. */
export function enterWithoutCiphertext(call: Call, keyName: string): Source {
  const key = resolveKey(call, keyName, 'any');
  call.subjects.key = { resource: key.arn, key };
  return { key, blob: new Uint8Array(), found: undefined };
}
