// Bytes in and out of text.

export const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex');

/** Spaces between the digits do not count. */
export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s+/g, ''), 'hex'));

export const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

/** Bytes that differ from one place to the next, the same on every run. */
export const octets = (length: number, start = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (start + at * 7 + (at >>> 8)) & 255);

/** The bytes with one bit turned. */
export const spoilt = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

/** What is no fault. */
export function present<T>(value: T | string | undefined): Exclude<T, string | undefined> {
  if (typeof value === 'string' || value === undefined) throw new Error(`Refused: ${value}`);
  return value as Exclude<T, string | undefined>;
}
