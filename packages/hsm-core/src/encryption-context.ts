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
  const keys = keysInOrder(context);
  let end: number | ContextFault = writeLength(context.size, out, at);
  for (let n = 0; n < keys.length && typeof end === 'number'; n++) {
    const key = keys[n] as string;
    end = writeField(key, out, end, limit);
    if (typeof end === 'number') end = writeField(context.get(key) ?? '', out, end, limit);
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
  const start = at + 2;
  if (start + text.length > limit) return faultOf(text);
  const end = writeText(text, out, start, limit);
  if (end < 0) return faultOf(text);
  writeLength(end - start, out, at);
  return end;
}

function faultOf(text: string): ContextFault {
  return text.isWellFormed() ? 'too large' : 'ill-formed string';
}

function writeLength(length: number, out: Uint8Array, at: number): number {
  out[at] = length >>> 8;
  out[at + 1] = length;
  return at + 2;
}

// Mostly ASCII and short, where a loop is quicker than a call of the library's encoder. Negative when there is no room or no UTF-8 for it.
function writeText(text: string, out: Uint8Array, start: number, limit: number): number {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return writeUtf8(text, at, out, start + at, limit);
    out[start + at] = unit;
  }
  return start + text.length;
}

// RFC 3629, section 3. A surrogate without its other half is no character.
function writeUtf8(text: string, from: number, out: Uint8Array, start: number, limit: number): number {
  let end = start;
  for (let at = from; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    const more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    if (end + more >= limit || (code >= 0xd800 && code <= 0xdfff)) return -1;
    out[end++] = (firstOf[more] ?? 0) | (code >>> (6 * more));
    for (let left = more - 1; left >= 0; left--) out[end++] = 0x80 | ((code >>> (6 * left)) & 0x3f);
    if (more === 3) at++;
  }
  return end;
}

/** How the first byte begins, by how many follow it. */
const firstOf = [0, 0xc0, 0xe0, 0xf0] as const;

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
