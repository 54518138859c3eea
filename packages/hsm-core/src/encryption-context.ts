// An encryption context as canonical bytes, to be authenticated beside a ciphertext.
//
// AWS does not publish its serialization. This is the form of the AWS Encryption SDK's message format: pairs sorted by the UTF-8
// bytes of their keys, each key and value behind its length, the whole behind the number of pairs; no pairs, no bytes.
// https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html

/** What a caller gave: string to string, in any order. */
export type EncryptionContext = ReadonlyMap<string, string>;

/** Why a context has no canonical form. */
export type ContextFault = 'ill-formed string' | 'too large';

/** Canonical bytes of at most this length. AWS documents no figure for KMS; 8 KiB is the size of its other context limits. */
export const maxContextBytes = 8192;

const utf8 = new TextEncoder();

/**
 * Writes the canonical form into `out` at `at` and returns the end of it.
 * Different contexts never share a form: lengths come first, and a string with a lone surrogate (which UTF-8 cannot tell from others) is refused.
 */
export function writeContext(
  context: EncryptionContext | undefined,
  out: Uint8Array,
  at: number,
): number | ContextFault {
  if (context === undefined || context.size === 0) return at;
  const limit = at + maxContextBytes;
  let end: number | ContextFault = writeLength(context.size, out, at);
  for (const key of keysInOrder(context)) {
    end = writeField(key, out, end, limit);
    if (typeof end === 'number') end = writeField(context.get(key) ?? '', out, end, limit);
    if (typeof end !== 'number') return end;
  }
  return end;
}

// Few keys, mostly: then insertion is quicker than the library's sort.
const few = 8;

function keysInOrder(context: EncryptionContext): readonly string[] {
  const keys = [...context.keys()];
  if (keys.length > few) return keys.sort(byUtf8);
  for (let next = 1; next < keys.length; next++) {
    const key = keys[next] as string;
    let at = next;
    for (; at > 0 && byUtf8(keys[at - 1] as string, key) > 0; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

function writeField(text: string, out: Uint8Array, at: number, limit: number): number | ContextFault {
  if (!text.isWellFormed()) return 'ill-formed string';
  const start = at + 2;
  if (start + text.length > limit) return 'too large';
  const end = writeText(text, out, start, limit);
  if (end < 0) return 'too large';
  writeLength(end - start, out, at);
  return end;
}

function writeLength(length: number, out: Uint8Array, at: number): number {
  out[at] = length >>> 8;
  out[at + 1] = length;
  return at + 2;
}

// Mostly ASCII, where a loop is quicker than a call of the encoder.
function writeText(text: string, out: Uint8Array, start: number, limit: number): number {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return writeUtf8(text, out, start, limit);
    out[start + at] = unit;
  }
  return start + text.length;
}

function writeUtf8(text: string, out: Uint8Array, start: number, limit: number): number {
  const { read, written } = utf8.encodeInto(text, out.subarray(start, limit));
  return read === text.length ? start + written : -1;
}

// UTF-8 sorts as code points do. UTF-16 units sort otherwise only where a surrogate meets a unit above it, U+E000 to U+FFFF.
function byUtf8(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
