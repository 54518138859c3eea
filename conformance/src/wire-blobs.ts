// Blobs on their way to the wire and back: base64 text there, bytes here.

import { isRecord } from './values.ts';

/** The members of answers that hold bytes: the outputs of the KMS API model. */
export const blobMembers: ReadonlySet<string> = new Set([
  'CiphertextBlob',
  'CiphertextForRecipient',
  'ImportToken',
  'Mac',
  'Plaintext',
  'PrivateKeyCiphertextBlob',
  'PrivateKeyPlaintext',
  'PublicKey',
  'SharedSecret',
  'SharedSecretCiphertextBlob',
  'Signature',
]);

/** Bytes become base64 text, wherever they are. */
export function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toWire);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toWire(part)]));
}

/** Base64 text becomes bytes in the members that hold bytes. What is no canonical base64 stays text and will match nothing. */
export function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromWire);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      typeof part === 'string' && blobMembers.has(name) ? decode(part) : fromWire(part),
    ]),
  );
}

function decode(text: string): Uint8Array | string {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : text;
}
