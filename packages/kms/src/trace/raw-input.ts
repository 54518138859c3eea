// An input that no request can be read from, as a trace with inputs holds it: as it came, so that it is refused in the same words again.

import { decodeBase64, encodeBase64 } from '../api/base64.ts';

/** What stands for itself, and everything else as a pair of its kind and its content. */
export type Raw = string | number | boolean | null | readonly [kind: string, content?: unknown];

// More than any request has, and little enough to go through.
const mostItems = 20_000;

/** Undefined for what cannot be written down: functions, symbols, circles, objects that are not plain, more than anybody sends. */
export function encodeRaw(value: unknown): Raw | undefined {
  let left = mostItems;
  const encode = (one: unknown): Raw => {
    if (--left < 0) throw new RangeError('too many');
    switch (typeof one) {
      case 'string':
      case 'boolean':
        return one;
      case 'number':
        return Number.isFinite(one) && !Object.is(one, -0) ? one : ['number', Object.is(one, -0) ? '-0' : String(one)];
      case 'undefined':
        return ['undefined'];
      case 'bigint':
        return ['bigint', String(one)];
      case 'object':
        return one === null ? null : encodeObject(one, encode);
      default:
        throw new TypeError('not to be written down');
    }
  };
  try {
    return encode(value);
  } catch {
    return undefined;
  }
}

function encodeObject(value: object, encode: (one: unknown) => Raw): Raw {
  if (Array.isArray(value)) {
    if (value.length > mostItems) throw new RangeError('too many');
    return ['list', Array.from(value, encode)];
  }
  if (value instanceof Date) return ['date', encode(value.getTime())];
  if (value instanceof Uint8Array) return ['bytes', encodeBase64(value)];
  if (value instanceof Map) return ['map', [...value].map(([name, one]) => [encode(name), encode(one)])];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not to be written down');
  return ['object', Object.entries(value).map(([name, one]) => [name, encode(one)])];
}

const decoders: Readonly<Record<string, (content: unknown) => unknown>> = {
  undefined: () => undefined,
  number: Number,
  bigint: (content) => BigInt(String(content)),
  list: (content) => (content as readonly Raw[]).map(decodeRaw),
  date: (content) => new Date(Number(decodeRaw(content as Raw))),
  bytes: (content) => decodeBase64(String(content)),
  map: (content) => new Map((content as readonly [Raw, Raw][]).map(([name, one]) => [decodeRaw(name), decodeRaw(one)])),
  object: (content) =>
    Object.fromEntries((content as readonly [string, Raw][]).map(([name, one]) => [name, decodeRaw(one)])),
};

/** Raises for what encodeRaw never gives. */
export function decodeRaw(raw: Raw): unknown {
  if (raw === null || typeof raw !== 'object') return raw;
  const [kind, content] = raw;
  const decode = Object.hasOwn(decoders, kind) ? decoders[kind] : undefined;
  if (decode === undefined) throw new TypeError(`${kind} is no kind of value`);
  return decode(content);
}
