// The kinds of value a recording masks: only that such a value was there is known.

export type Kind = 'uuid' | 'mrkKeyId' | 'arn' | 'blob' | 'timestamp' | 'string' | 'keyMaterialId' | 'derPublicKey';

/** The text kinds as patterns, for `$any` and for `${any:kind}` inside a template. */
export const textKinds: Readonly<Partial<Record<Kind, string>>> = {
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  mrkKeyId: 'mrk-[0-9a-f]{32}',
  arn: 'arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:\\S+',
  string: '[^]+',
  keyMaterialId: '[0-9a-f]{64}',
};

const textKind = (kind: Kind): ((value: unknown) => boolean) => {
  const pattern = new RegExp(`^(?:${textKinds[kind]})$`);
  return (value) => typeof value === 'string' && pattern.test(value);
};

export const kinds: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  uuid: textKind('uuid'),
  mrkKeyId: textKind('mrkKeyId'),
  arn: textKind('arn'),
  blob: (value) => value instanceof Uint8Array && value.length > 0,
  // AWS JSON 1.1: seconds since 1970, with a fraction.
  timestamp: (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  string: textKind('string'),
  keyMaterialId: textKind('keyMaterialId'),
  derPublicKey: (value) => value instanceof Uint8Array && isSubjectPublicKeyInfo(value),
};

// RFC 5280 section 4.1.2.7 in DER: SEQUENCE { SEQUENCE algorithm, BIT STRING key } and nothing after.
function isSubjectPublicKeyInfo(der: Uint8Array): boolean {
  const outer = readHeader(der, 0, 0x30);
  const algorithm = outer && readHeader(der, outer.start, 0x30);
  const key = algorithm && readHeader(der, algorithm.end, 0x03);
  return outer?.end === der.length && key?.end === der.length;
}

// X.690 section 8.1.3: a length up to 127 in one byte, a longer one behind a count of bytes.
function readHeader(der: Uint8Array, at: number, tag: number): { start: number; end: number } | undefined {
  const first = der[at + 1];
  if (der[at] !== tag || first === undefined) return undefined;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  const start = at + 2 + count;
  const length = der.slice(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { start, end: start + length };
}
