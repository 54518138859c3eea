// A scanner for secrets in whatever was printed.

import { inspect } from 'node:util';

/** Every way in which bytes are written, without the white space that printers put in between. */
function encodings(secret: Uint8Array): ReadonlyMap<string, string> {
  const buffer = Buffer.from(secret);
  const hex = buffer.toString('hex');
  return new Map([
    ['raw', buffer.toString('latin1')],
    ['hex', hex],
    ['upper-case hex', hex.toUpperCase()],
    // The last group of four characters may hold bits of what follows.
    ['base64', buffer.toString('base64').slice(0, 42)],
    ['base64url', buffer.toString('base64url').slice(0, 42)],
    ['decimal array', [...secret].join(',')],
    ['object of bytes', JSON.stringify({ ...secret }).slice(1, -1)],
    ['hex array', [...secret].map((byte) => `0x${byte.toString(16)}`).join(',')],
    ['BigInt', BigInt(`0x${hex}`).toString()],
    ['string of code units', String.fromCharCode(...secret)],
  ]);
}

/** The encodings of the secret that the text holds. */
export function leaks(text: string, secret: Uint8Array): string[] {
  const plain = text.replace(/\s+/g, '');
  return [...encodings(secret)].filter(([, form]) => text.includes(form) || plain.includes(form)).map(([name]) => name);
}

/** For `inspect`: nothing is left out. */
export const everything = {
  showHidden: true,
  depth: Number.POSITIVE_INFINITY,
  maxArrayLength: Number.POSITIVE_INFINITY,
  maxStringLength: Number.POSITIVE_INFINITY,
  getters: true,
} as const;

/** What an attempt gives or says when it fails. */
export function thrown(attempt: () => unknown): string {
  try {
    return inspect(attempt(), everything);
  } catch (error) {
    return `${inspect(error, everything)} ${String(error)} ${error instanceof Error ? error.stack : ''}`;
  }
}
