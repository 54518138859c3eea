// Values of requests and answers: JSON as parsed, with bytes where the API has blobs.

/** An object with members: no list, no bytes. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** Own members only, so that `constructor` is no member of anything. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

export function same(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array || other instanceof Uint8Array) {
    return one instanceof Uint8Array && other instanceof Uint8Array && Buffer.compare(one, other) === 0;
  }
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((v, at) => same(v, other[at]))
    );
  }
  if (!isRecord(one) || !isRecord(other)) return Object.is(one, other);
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]))
  );
}

const longest = 300;

/** One line for people. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(printable(value));
  return text.length > longest ? `${text.slice(0, longest)}... (${text.length} characters)` : text;
}

// Not a replacer: JSON.stringify asks a Buffer for its own JSON first.
function printable(value: unknown): unknown {
  if (value instanceof Uint8Array) return showBytes(value);
  if (Array.isArray(value)) return value.map(printable);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, printable(part)]));
}

function showBytes(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return `<${bytes.length} bytes ${start}${bytes.length > 8 ? '...' : ''}>`;
}
