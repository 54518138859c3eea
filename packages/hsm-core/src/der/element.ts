// Elements of strict DER (X.690 sections 8 and 10), over the codec of @noble/curves: one form for each value, and every length minimal.

import { DER, DERErr } from '@noble/curves/abstract/der.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Identifier octets, X.690 section 8.1.2. `implicit` is a context-specific tag of a primitive type, `explicit` of a constructed one. */
export const tag: Readonly<
  Record<'integer' | 'bitString' | 'octetString' | 'null' | 'objectIdentifier' | 'sequence', number>
> = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
};
export const implicit = (number: number): number => 0x80 | number;
export const explicit = (number: number): number => 0xa0 | number;

/** An encoded element as hexadecimal digits, which is what the codec joins. */
export type Hex = string;

export function element(identifier: number, ...contents: readonly Hex[]): Hex {
  return DER._tlv.encode(identifier, contents.join(''));
}

export function sequence(...contents: readonly Hex[]): Hex {
  return element(tag.sequence, ...contents);
}

export function integer(value: bigint): Hex {
  return element(tag.integer, DER._int.encode(value));
}

export function octetString(content: Uint8Array): Hex {
  return element(tag.octetString, bytesToHex(content));
}

/** The content of a BIT STRING of whole octets: no unused bits. */
export function bits(content: Uint8Array): Hex {
  return `00${bytesToHex(content)}`;
}

export function toBytes(encoded: Hex): Uint8Array {
  return hexToBytes(encoded);
}

/** Takes elements one after the other. Throws at the first that is not as asked: only within `readStrictly`. */
export class DerReader {
  #rest: Uint8Array;

  constructor(der: Uint8Array) {
    this.#rest = der;
  }

  /** The content of the next element, which has this tag. */
  take(identifier: number): Uint8Array {
    const { v, l } = DER._tlv.decode(identifier, this.#rest);
    this.#rest = l;
    return v;
  }

  takeIf(identifier: number): Uint8Array | undefined {
    return this.#rest[0] === identifier ? this.take(identifier) : undefined;
  }

  /** Reads all of the next element, which is constructed. */
  within<T>(identifier: number, read: (inner: DerReader) => T): T {
    const inner = new DerReader(this.take(identifier));
    const value = read(inner);
    inner.end();
    return value;
  }

  /** An INTEGER that is not negative. */
  integer(): bigint {
    return DER._int.decode(this.take(tag.integer));
  }

  octetString(): Uint8Array {
    return this.take(tag.octetString);
  }

  bitString(): Uint8Array {
    return wholeOctets(this.take(tag.bitString));
  }

  /** The next element must equal this one. */
  expect(encoded: Hex): void {
    const expected = toBytes(encoded);
    if (!expected.every((byte, at) => byte === this.#rest[at])) throw new DERErr('another element');
    this.#rest = this.#rest.subarray(expected.length);
  }

  end(): void {
    if (this.#rest.length > 0) throw new DERErr('trailing bytes');
  }
}

/** The octets of a BIT STRING's content without unused bits. */
export function wholeOctets(content: Uint8Array): Uint8Array {
  if (content[0] !== 0) throw new DERErr('unused bits');
  return content.subarray(1);
}

/** What `read` makes of the bytes, all of them; undefined when they are not strict DER of that form. */
export function readStrictly<T>(der: Uint8Array, read: (reader: DerReader) => T): T | undefined {
  try {
    const reader = new DerReader(der);
    const value = read(reader);
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof DERErr) return undefined;
    throw error;
  }
}

/** Gives up reading within `readStrictly`: the value has the right form and is not allowed. */
export function refuse(reason: string): never {
  throw new DERErr(reason);
}
