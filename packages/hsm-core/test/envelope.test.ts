// The blob's layout: against blobs that AWS has published, and against everything that is nearly a blob.

import { describe, expect, test } from 'vitest';
import { blobLength, contentOverhead, type Layout, layoutFor, maxPlaintextLength, parseBlob } from '../src/envelope.ts';
import { legacyBlob, publishedBlobs } from './data/published-blobs.ts';

const variable = [
  [2, 3],
  [5, 37],
  [38, 54],
] as const;

/** A blob put together from a frame and the fields of another: what is left of the other is the frame alone. */
function rebuilt(layout: Layout, blob: Uint8Array): Uint8Array {
  const again = new Uint8Array(layout.total);
  again.set(layout.frame);
  for (const [from, to] of [...variable, [layout.ivAt, layout.ivAt + 12], [layout.contentAt, layout.total]] as const) {
    again.set(blob.subarray(from, to), from);
  }
  return again;
}

function blank(plaintextLength: number): Uint8Array {
  const { total, frame } = layoutFor(plaintextLength);
  const blob = new Uint8Array(total);
  blob.set(frame);
  blob[2] = 2;
  return blob;
}

describe('the length of a blob', () => {
  // Computed from the layout; lengths 7, 20, 32, 1793 and 2510 are also those of published blobs.
  test.each([
    [0, 152],
    [1, 153],
    [7, 159],
    [16, 168],
    [20, 172],
    [24, 176],
    [32, 184],
    [64, 220],
    [69, 225],
    [70, 226],
    [100, 256],
    [101, 258],
    [128, 285],
    [256, 418],
    [512, 674],
    [1024, 1186],
    [1793, 1955],
    [2510, 2672],
    [4096, 4258],
  ])('around %d bytes is %d', (plaintextLength, total) => {
    expect(blobLength(plaintextLength)).toBe(total);
    expect(layoutFor(plaintextLength).total).toBe(total);
  });

  test('grows with the plaintext, and every length parses to its own layout', () => {
    for (let length = 0; length <= maxPlaintextLength; length++) {
      const layout = layoutFor(length);
      if (layout.total !== blobLength(length) || layout.total - layout.contentAt !== length + contentOverhead) {
        expect.fail(`the layout for ${length} bytes has another length than the formula`);
      }
      if (length > 0 && blobLength(length) <= blobLength(length - 1)) expect.fail(`no growth at ${length}`);
      if (parseBlob(blank(length)) !== layout) expect.fail(`a blob of ${length} bytes is not parsed to its layout`);
    }
  });
});

describe('published blobs of the real service', () => {
  test.each(publishedBlobs)('$source: parses, and rebuilds byte for byte', ({ operation, blob }) => {
    const layout = parseBlob(blob);
    expect(layout).toBe(layoutFor(32));
    expect(blob[2]).toBe(operation);
    expect(Buffer.from(rebuilt(layoutFor(32), blob)).equals(blob)).toBe(true);
  });

  test('two ciphertexts of one key share the name of its material and no nonce and no IV', () => {
    const [one, other] = publishedBlobs.filter(({ source }) => source.startsWith('AWS Encryption SDK'));
    const field = (from: number, to: number): string[] =>
      [one, other].map((published) => Buffer.from(published?.blob.subarray(from, to) ?? []).toString('hex'));
    expect(new Set(field(5, 37)).size).toBe(1);
    expect(new Set(field(38, 54)).size).toBe(2);
    expect(new Set(field(layoutFor(32).ivAt, layoutFor(32).ivAt + 12)).size).toBe(2);
  });

  test('the legacy format, 01 01, is refused', () => {
    expect([...legacyBlob.subarray(0, 2)]).toEqual([1, 1]);
    expect(parseBlob(legacyBlob)).toBeUndefined();
  });
});

/** Tag, content and end of the value that starts at `at`, by X.690's distinguished encoding: the shortest length there is. */
function value(bytes: Uint8Array, at: number): { tag: number; from: number; to: number } {
  const [tag = 0, first = 0] = bytes.subarray(at, at + 2);
  const longForm = first < 0x80 ? 0 : first - 0x80;
  const length = longForm === 0 ? first : Buffer.from(bytes).readUIntBE(at + 2, longForm);
  if (longForm > 0 && length < (longForm === 1 ? 0x80 : 256 ** (longForm - 1))) expect.fail(`long length ${length}`);
  const from = at + 2 + longForm;
  return { tag, from, to: from + length };
}

test('the DER nests and ends where it says, around every length', () => {
  for (let length = 0; length <= 4_096; length += length < 600 ? 1 : 97) {
    const blob = blank(length);
    const layout = layoutFor(length);
    const ends = [58 + Buffer.from(blob).readUInt32BE(54)];
    const tags: number[] = [];
    // ContentInfo, [0], EncryptedData, EncryptedContentInfo: each begins behind the fixed part of the one around it.
    let at = 58;
    for (const fixed of [11, 0, 3, 11]) {
      const outer = value(blob, at);
      ends.push(outer.to);
      tags.push(outer.tag);
      at = outer.from + fixed;
    }
    const algorithm = value(blob, at);
    const content = value(blob, algorithm.to);
    const iv = value(blob, layout.ivAt - 2);
    expect({ length, ends, tags }).toEqual({
      length,
      ends: new Array(5).fill(blob.length),
      tags: [0x30, 0xa0, 0x30, 0x30],
    });
    expect(content).toEqual({ tag: 0x80, from: layout.contentAt, to: blob.length });
    expect(iv).toEqual({ tag: 0x04, from: layout.ivAt, to: layout.ivAt + 12 });
  }
});

describe('what is nearly a blob', () => {
  const blobs = [...publishedBlobs.map(({ blob }) => blob), blank(0), blank(101), blank(4096)];

  test('every truncation is refused', () => {
    for (const blob of blobs) {
      for (let length = 0; length < blob.length; length++) {
        if (parseBlob(blob.subarray(0, length)) !== undefined) expect.fail(`${length} of ${blob.length} bytes parse`);
      }
    }
  });

  test('bytes behind it or before it are refused', () => {
    for (const blob of blobs) {
      for (const length of [1, 2, 5, 16, 200]) {
        const longer = new Uint8Array(blob.length + length);
        longer.set(blob);
        expect(parseBlob(longer)).toBeUndefined();
        longer.fill(0).set(blob, length);
        expect(parseBlob(longer)).toBeUndefined();
      }
    }
  });

  test('every change of a byte that is no field of the message is refused', () => {
    for (const original of blobs) {
      const layout = parseBlob(original);
      if (layout === undefined) expect.fail('this blob should parse');
      const blob = Uint8Array.from(original);
      const free = (at: number): boolean =>
        variable.some(([from, to]) => at >= from && at < to) || (at >= layout.ivAt && at < layout.ivAt + 12);
      for (let at = 0; at < layout.contentAt; at++) {
        for (let bit = 1; bit < 256; bit <<= 1) {
          blob[at] = (original[at] ?? 0) ^ bit;
          if ((parseBlob(blob) === undefined) === free(at) && at !== 2) expect.fail(`bit ${bit} of byte ${at}`);
        }
        blob[at] = original[at] ?? 0;
      }
    }
  });

  test('operations other than 1 to 3 are refused', () => {
    const blob = blank(32);
    const parsing = Array.from({ length: 256 }, (_, operation) => operation).filter((operation) => {
      blob[2] = operation;
      return parseBlob(blob) !== undefined;
    });
    expect(parsing).toEqual([1, 2, 3]);
  });

  test('a blob around more than the longest plaintext is refused', () => {
    expect(parseBlob(blank(maxPlaintextLength))).toBeDefined();
    expect(parseBlob(blank(maxPlaintextLength + 1))).toBeUndefined();
    // Its DER length would need a third byte.
    expect(parseBlob(blank(70_000))).toBeUndefined();
  });
});
