// Bytes as text: hexadecimal, base64 (RFC 4648 section 4) and the letters of resource ids.

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
// RFC 4648 section 6, in lower case: the ids of the CloudHSM API match [2-7a-zA-Z]{11,16}.
const idLetters = 'abcdefghijklmnopqrstuvwxyz234567';

export function hex(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (const byte of bytes) parts.push(byte.toString(16).padStart(2, '0'));
  return parts.join('');
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    for (const [place, shift] of [18, 12, 6, 0].entries()) {
      parts.push(place <= left ? (base64Letters[(group >>> shift) & 63] ?? '') : '=');
    }
  }
  return parts.join('');
}

/** Undefined for what is no base64. White space is passed over, as in PEM. */
export function fromBase64(text: string): Uint8Array | undefined {
  const letters = text.replace(/\s+/g, '');
  if (letters.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(letters)) return undefined;
  const content = letters.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((content.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const letter of content) {
    bits = ((bits << 6) | base64Letters.indexOf(letter)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = bits >>> count;
  }
  return bytes;
}

/** As many letters of an id as five bits each of the bytes give, at most `length`. */
export function idText(bytes: Uint8Array, length: number): string {
  return Array.from(bytes.subarray(0, length), (byte) => idLetters[byte & 31]).join('');
}
