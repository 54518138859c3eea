// Looks for secrets in text, in ten encodings.

type Encoding = (secret: Uint8Array) => readonly string[];

function hex(secret: Uint8Array): string {
  return Buffer.from(secret).toString('hex');
}

// Base64 of bytes that stand within others has one of three alignments: the part that does not depend on its neighbours.
function aligned(secret: Uint8Array, encoding: 'base64' | 'base64url'): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const from = Buffer.from(secret).subarray(shift);
    return from.subarray(0, from.length - (from.length % 3)).toString(encoding);
  });
}

export const encodings: Readonly<Record<string, Encoding>> = {
  raw: (secret) => [Buffer.from(secret).toString('latin1')],
  'JSON text': (secret) => [JSON.stringify(Buffer.from(secret).toString('latin1')).slice(1, -1)],
  hex: (secret) => [hex(secret)],
  HEX: (secret) => [hex(secret).toUpperCase()],
  'spaced hex': (secret) => [hex(secret).replace(/..(?!$)/g, '$& ')],
  base64: (secret) => aligned(secret, 'base64'),
  base64url: (secret) => aligned(secret, 'base64url'),
  'decimal array': (secret) => [[...secret].join(','), [...secret].join(', ')],
  'members by index': (secret) => [JSON.stringify(secret).slice(1, -1)],
  BigInt: (secret) => [BigInt(`0x${hex(secret)}`).toString()],
};

export interface Canary {
  readonly name: string;
  readonly secret: Uint8Array;
}

export interface Hit {
  readonly canary: string;
  readonly encoding: string;
}

/** Where a canary stands in a text. One of less than 12 bytes is found by chance. */
export function hits(canaries: readonly Canary[], text: string): readonly Hit[] {
  const found: Hit[] = [];
  for (const { name, secret } of canaries) {
    if (secret.length < 12) throw new RangeError(`${name} is too short for a canary`);
    for (const [encoding, faces] of Object.entries(encodings))
      if (faces(secret).some((face) => text.includes(face))) found.push({ canary: name, encoding });
  }
  return found;
}
