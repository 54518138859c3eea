// CBOR as strictly as a signed document deserves. RFC 8949, over cborg: definite lengths, shortest forms, no key twice, no trailing bytes.

import { type DecodeOptions, decode, encode, type Token, Tokenizer, Type } from 'cborg';
import { attempt } from './fault.ts';

/** What stands in an attestation document, and nothing else does. */
export type Cbor = number | string | Uint8Array | null | readonly Cbor[] | ReadonlyMap<Cbor, Cbor>;

const options: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  allowInfinity: false,
  allowNaN: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  retainStringBytes: true,
};

// A document has at most 9 members, 32 registers and a bundle of certificates. Whoever nests deeper than this has sent something else.
const mostItems = 256;

const known = [Type.uint, Type.negint, Type.bytes, Type.string, Type.null, Type.array, Type.map];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Counts items, so that depth has an end, and refuses what no document has: floats, booleans, tags, text that is no UTF-8. */
class StrictTokenizer extends Tokenizer {
  #items = 0;

  override next(): Token {
    const token = super.next();
    this.#items += 1;
    if (this.#items > mostItems) throw new RangeError('too many items');
    if (!known.some((type) => Type.equals(type, token.type))) throw new TypeError('another type');
    if (Type.equals(token.type, Type.string)) token.value = utf8.decode(token.byteValue ?? new Uint8Array());
    return token;
  }
}

/** All of the bytes as one item; undefined when they are not that. */
export function readCbor(bytes: Uint8Array): Cbor | undefined {
  return attempt(() => decode(bytes, { ...options, tokenizer: new StrictTokenizer(bytes, options) }) as Cbor);
}

/** Maps keep the order they were made in. */
export function writeCbor(value: Cbor): Uint8Array {
  return encode(value, { mapSorter: () => 0 });
}
