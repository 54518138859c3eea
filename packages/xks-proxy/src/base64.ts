// Base64 as RFC 4648 section 4 has it, and nothing that merely looks like it.

/** Undefined for a text with other characters, without its padding, or with bits behind its end. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  // Node skips what it does not know and reads the URL alphabet as well, so the text is compared with what it ought to be.
  return bytes.toString('base64') === text ? bytes : undefined;
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
