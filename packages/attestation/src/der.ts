// What the ASN.1 library leaves open: whether bytes are one element of definite length, and elements of indefinite length. X.690 section 8.1.3.

/** One element with a definite length, and nothing behind it. */
export function isOneElement(bytes: Uint8Array): boolean {
  const first = bytes[1] ?? 0x80;
  if (first < 0x80) return bytes.length === 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 3 || bytes.length < 2 + count) return false;
  let length = 0;
  for (const octet of bytes.subarray(2, 2 + count)) length = length * 256 + octet;
  return bytes.length === 2 + count + length;
}

const endOfContents = Uint8Array.of(0, 0);

/** A constructed element of indefinite length, section 8.1.3.6. */
export function indefinite(identifier: number, ...contents: readonly Uint8Array[]): Uint8Array {
  return joined(Uint8Array.of(identifier, 0x80), ...contents, endOfContents);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
