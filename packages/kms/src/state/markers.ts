// Pagination markers: opaque, bound to the list they came from, and refused when anything about them was changed.
// https://docs.aws.amazon.com/kms/latest/developerguide/programming-pagination.html

import type { Mac } from '@kmsim/hsm-core';
import { decodeBase64, encodeBase64 } from '../api/base64.ts';
import { fail } from '../api/errors.ts';

const tagLength = 16;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly Truncated: boolean;
  readonly NextMarker?: string;
}

export class Markers {
  readonly #mac: Mac;

  constructor(mac: Mac) {
    this.#mac = mac;
  }

  /** A marker that says: behind `position` of the list `scope`. */
  write(scope: string, position: string): string {
    const text = units(position);
    const bytes = new Uint8Array(tagLength + text.length);
    bytes.set(this.#tag(scope, text));
    bytes.set(text, tagLength);
    return encodeBase64(bytes);
  }

  /** The position a marker stands for; undefined without a marker. */
  read(scope: string, marker: string | undefined): string | undefined {
    if (marker === undefined) return undefined;
    const bytes = decodeBase64(marker);
    if (bytes === undefined || bytes.length < tagLength) return fail('InvalidMarkerException', 'Invalid marker.');
    const text = bytes.subarray(tagLength);
    if (!this.#tag(scope, text).every((byte, at) => byte === bytes[at]))
      fail('InvalidMarkerException', 'Invalid marker.');
    return String.fromCharCode(
      ...Array.from({ length: text.length / 2 }, (_, at) => ((text[2 * at] ?? 0) << 8) | (text[2 * at + 1] ?? 0)),
    );
  }

  #tag(scope: string, text: Uint8Array): Uint8Array {
    const name = units(`${scope}\0`);
    const message = new Uint8Array(name.length + text.length);
    message.set(name);
    message.set(text, name.length);
    return this.#mac(message).subarray(0, tagLength);
  }
}

// UTF-16 units, big-endian: a tag key may be any string.
function units(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  for (let at = 0; at < text.length; at++) {
    bytes[2 * at] = text.charCodeAt(at) >>> 8;
    bytes[2 * at + 1] = text.charCodeAt(at);
  }
  return bytes;
}

/**
 * One page: up to `limit` items behind the marker. `list` gives up to `count` items behind a position; `positionOf` names an item's place.
 */
export function paginate<Item>(
  markers: Markers,
  scope: string,
  request: { readonly Marker?: string | undefined; readonly limit: number },
  list: (after: string | undefined, count: number) => readonly Item[],
  positionOf: (item: Item) => string,
): Page<Item> {
  const found = list(markers.read(scope, request.Marker), request.limit + 1);
  const items = found.slice(0, request.limit);
  const last = items.at(-1);
  return found.length > request.limit && last !== undefined
    ? { items, Truncated: true, NextMarker: markers.write(scope, positionOf(last)) }
    : { items, Truncated: false };
}
