// Symmetric encryption under one material: a key of its own for each message, AES-256-GCM, everything around it authenticated.

import type { Backend } from './backend/backend.ts';
import { type ContextFault, type EncryptionContext, maxContextBytes, writeContext } from './encryption-context.ts';
import {
  type BlobPurpose,
  blobPurposes,
  contentOverhead,
  headerLength,
  ivLength,
  type Layout,
  layoutFor,
  materialNameAt,
  maxPlaintextLength,
  nonceAt,
  nonceLength,
} from './envelope.ts';
import { type Material, writeName } from './material.ts';
import { Scratch } from './scratch.ts';

/** Random bytes one message takes: the nonce of its key and the IV. */
export const sealRandomLength: number = nonceLength + ivLength;

// SP 800-108r1 section 4.1, KDF in counter mode, PRF HMAC-SHA-256, one block: [1]32 ‖ Label ‖ 00 ‖ nonce ‖ [256]32.
const kdfLabel = new TextEncoder().encode('kmsim symmetric message key');
const kdfNonceAt = 4 + kdfLabel.length + 1;
const kdfInput = new Uint8Array(kdfNonceAt + nonceLength + 4);
kdfInput[3] = 1;
kdfInput.set(kdfLabel, 4);
kdfInput[kdfInput.length - 2] = 1;

// What is encrypted starts with 11 bytes of its own, as real content does: a mark, a version, the length.
const innerMark = new TextEncoder().encode('kmsim\0\u0001');
const innerLength = contentOverhead - 16;

// One call uses these at a time: nothing in here waits. The first has room for a whole blob: see writeAad.
const aad = new Scratch(headerLength + maxContextBytes + 256);
const inner = new Scratch(innerLength + maxPlaintextLength);
inner.bytes.set(innerMark);
const iv = new Uint8Array(ivLength);

function messageKey(backend: Backend, material: Material, blob: Uint8Array): Uint8Array {
  for (let i = 0; i < nonceLength; i++) kdfInput[kdfNonceAt + i] = blob[nonceAt + i] ?? 0;
  return material.mac(backend)(kdfInput);
}

// Byte by byte: to make a view takes longer.
function takeIv(blob: Uint8Array, { ivAt }: Layout): void {
  for (let i = 0; i < ivLength; i++) iv[i] = blob[ivAt + i] ?? 0;
}

function writeAad(blob: Uint8Array, context: EncryptionContext | undefined): number | ContextFault {
  // The header counts. What comes with it is written over or left out: one copy is quicker than a loop.
  aad.bytes.set(blob);
  return writeContext(context, aad.bytes, headerLength);
}

// A buffer of its own, although a shared one would save a microsecond: whoever transfers it to a worker must take nobody else's bytes along.
function blankBlob({ frame, total }: Layout): Uint8Array {
  const blob = new Uint8Array(total);
  blob.set(frame);
  return blob;
}

/** Encrypts up to 8,192 bytes. `random` is 28 bytes nobody else has: 16 for the key, 12 for the IV. */
export function seal(
  backend: Backend,
  material: Material,
  purpose: BlobPurpose,
  context: EncryptionContext | undefined,
  plaintext: Uint8Array,
  random: Uint8Array,
): Uint8Array | ContextFault {
  // A shorter IV would make a blob that nothing opens.
  if (random.length < sealRandomLength) throw new RangeError(`A message takes ${sealRandomLength} random bytes.`);
  const layout = layoutFor(plaintext.length);
  const blob = blankBlob(layout);
  blob[2] = blobPurposes[purpose];
  writeName(material.name, blob, materialNameAt);
  for (let i = 0; i < nonceLength; i++) blob[nonceAt + i] = random[i] ?? 0;
  for (let i = 0; i < ivLength; i++) blob[layout.ivAt + i] = random[nonceLength + i] ?? 0;
  takeIv(blob, layout);
  const aadLength = writeAad(blob, context);
  if (typeof aadLength !== 'number') return aadLength;
  inner.bytes[innerLength - 2] = plaintext.length >>> 8;
  inner.bytes[innerLength - 1] = plaintext.length;
  inner.bytes.set(plaintext, innerLength);
  const content = inner.first(innerLength + plaintext.length);
  const key = messageKey(backend, material, blob);
  backend.gcmSeal(key, iv, aad.first(aadLength), content, blob, layout.contentAt);
  key.fill(0);
  inner.bytes.fill(0, innerLength, innerLength + plaintext.length);
  return blob;
}

/** The plaintext, or undefined when anything at all is not as it was: a byte of the blob, the context, the material. */
export function open(
  backend: Backend,
  material: Material,
  layout: Layout,
  context: EncryptionContext | undefined,
  blob: Uint8Array,
): Uint8Array | undefined {
  const aadLength = writeAad(blob, context);
  if (typeof aadLength !== 'number') return undefined;
  const key = messageKey(backend, material, blob);
  takeIv(blob, layout);
  const plaintext = backend.gcmOpen(key, iv, aad.first(aadLength), blob.subarray(layout.contentAt), innerLength);
  key.fill(0);
  return plaintext;
}
