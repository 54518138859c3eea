// The members of a request beside its metadata, read and measured.

import { decodeBase64 } from './base64.ts';
import { failure, type XksFailure } from './errors.ts';
import { invalid } from './request-metadata.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface BytesForm {
  readonly optional?: true;
  /** The lengths it may have; any when absent. */
  readonly lengths?: readonly number[];
  /** More is a ValidationException: the specification allows no proxy to take it. */
  readonly atMost?: number;
  /** More is an UnsupportedOperationException: the specification asks no proxy for it. */
  readonly supported?: number;
}

// "The proxy MUST support": 4,300 bytes of plaintext or ciphertext, 8,192 of additional data. Ciphertext metadata "MUST NOT exceed 20 bytes".
const content: BytesForm = { supported: 4300 };
const additionalData: BytesForm = { supported: 8192, optional: true };

type Forms<Name extends string> = Readonly<Record<Name, BytesForm>>;

export const encryptForms: Forms<'plaintext' | 'additionalAuthenticatedData'> = {
  plaintext: content,
  additionalAuthenticatedData: additionalData,
};

export const decryptForms: Forms<
  'ciphertext' | 'initializationVector' | 'authenticationTag' | 'ciphertextMetadata' | 'additionalAuthenticatedData'
> = {
  ciphertext: content,
  initializationVector: { lengths: [12, 16] },
  authenticationTag: { lengths: [16] },
  ciphertextMetadata: { atMost: 20, optional: true },
  additionalAuthenticatedData: additionalData,
};

/** Every member of the forms; one that is optional and absent has no bytes. */
export function readBytes<Name extends string>(
  body: Body,
  forms: Forms<Name>,
): Readonly<Record<Name, Uint8Array>> | XksFailure {
  const read: Record<string, Uint8Array> = {};
  let unsupported: XksFailure | undefined;
  for (const [name, form] of Object.entries<BytesForm>(forms)) {
    const given = Object.hasOwn(body, name) ? body[name] : undefined;
    const bytes =
      given === undefined && form.optional ? none : typeof given === 'string' ? decodeBase64(given) : undefined;
    if (bytes === undefined) return invalid(name);
    if (form.lengths?.includes(bytes.length) === false) return invalid(name);
    if (bytes.length > (form.atMost ?? bytes.length)) return invalid(name);
    if (bytes.length > (form.supported ?? bytes.length))
      unsupported ??= failure(
        'UnsupportedOperationException',
        `The member ${name} is longer than ${form.supported} bytes.`,
      );
    read[name] = bytes;
  }
  return unsupported ?? (read as Record<Name, Uint8Array>);
}

const none = new Uint8Array(0);

/** A member that has one value only. */
export function readConstant(body: Body, name: string, value: string): XksFailure | undefined {
  return Object.hasOwn(body, name) && body[name] === value ? undefined : invalid(name);
}
