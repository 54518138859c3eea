// UUIDs as text.

const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** 16 bytes as a version 4 UUID: RFC 9562 section 5.4. */
export function formatUuid(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < 16; at++) {
    let byte = bytes[at] ?? 0;
    if (at === 6) byte = (byte & 0x0f) | 0x40;
    else if (at === 8) byte = (byte & 0x3f) | 0x80;
    if (at === 4 || at === 6 || at === 8 || at === 10) parts.push('-');
    parts.push(hexOf[byte] ?? '');
  }
  // Joined, not added up: a string that was added up keeps every step of it, 600 bytes for an id of 36.
  return parts.join('');
}
