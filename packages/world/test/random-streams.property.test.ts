// Laws of the streams: what a request draws depends on its seed, its label and its number, and on nothing else.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { StreamCursor, seededSource } from '../src/random-streams.ts';

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
const label = fc.constantFrom('Encrypt', 'Decrypt', 'GenerateDataKey', '');
const draws = fc.array(fc.oneof(fc.nat(80), fc.nat(3_000)), { maxLength: 4 });
const requests = fc.array(fc.record({ label, draws }), { minLength: 1, maxLength: 40 });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

class Cursors {
  readonly #root: Uint8Array;
  readonly #byLabel = new Map<string, StreamCursor>();

  constructor(root: Uint8Array) {
    this.#root = root;
  }

  of(name: string): StreamCursor {
    const cursor = this.#byLabel.get(name) ?? new StreamCursor(seededSource(this.#root, name), 0);
    this.#byLabel.set(name, cursor);
    return cursor;
  }
}

test.prop([seed, requests])('the n-th request under a label draws the same, whatever others drew', (root, all) => {
  const cursors = new Cursors(root);
  for (const request of all) {
    const cursor = cursors.of(request.label);
    const alone = new StreamCursor(seededSource(root, request.label), cursor.next).take();
    const stream = cursor.take();
    for (const length of request.draws) expect(hex(stream.draw(length))).toBe(hex(alone.draw(length)));
  }
});

test.prop([seed, requests])('requests whose draws interleave do not disturb each other', (root, all) => {
  const cursors = new Cursors(root);
  const streams = all.map((request) => {
    const cursor = cursors.of(request.label);
    return { request, number: cursor.next, stream: cursor.take(), drawn: '' };
  });
  for (let round = 0; round < 4; round++) {
    for (const one of streams) {
      const length = one.request.draws[round];
      if (length !== undefined) one.drawn += hex(one.stream.draw(length));
    }
  }
  for (const { request, number, drawn } of streams) {
    const alone = new StreamCursor(seededSource(root, request.label), number).take();
    expect(drawn).toBe(request.draws.map((length) => hex(alone.draw(length))).join(''));
  }
});

test.prop([seed, fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 8 })])(
  'inside the block, the pieces are one sequence however it is cut',
  (root, lengths) => {
    const [pieces, whole] = [seededSource(root, 'a'), seededSource(root, 'a')].map((source) =>
      new StreamCursor(source, 3).take(),
    );
    let total = 0;
    const fitting = lengths.filter((length) => {
      if (total + length > 64) return false;
      total += length;
      return true;
    });
    expect(fitting.map((length) => hex(pieces?.draw(length) ?? new Uint8Array())).join('')).toBe(
      hex(whole?.draw(total) ?? new Uint8Array()),
    );
  },
);

// 8 bytes meet by chance once in 10^12 such runs.
test.prop([seed, requests])('no two requests draw the same 8 bytes', (root, all) => {
  const cursors = new Cursors(root);
  const seen = new Set<string>();
  let count = 0;
  for (const request of all) {
    const stream = cursors.of(request.label).take();
    for (const length of request.draws) {
      const drawn = hex(stream.draw(length - (length % 8)));
      for (let at = 0; at < drawn.length; at += 16) {
        seen.add(drawn.slice(at, at + 16));
        count += 1;
      }
    }
  }
  expect(seen.size).toBe(count);
});

test.prop([seed, fc.array(fc.tuple(fc.nat(80), fc.boolean()), { maxLength: 6 })])(
  'what is lent is what would have been given',
  (root, draws) => {
    const [one, other] = [0, 1].map(() => new StreamCursor(seededSource(root, 'a'), 3).take());
    for (const [length, lent] of draws)
      expect(hex(lent ? (one?.lend(length) as Uint8Array) : (one?.draw(length) as Uint8Array))).toBe(
        hex(other?.draw(length) as Uint8Array),
      );
  },
);

test.prop([seed, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 64 })])(
  'what was given stays as it is, whatever others draw, and erasing it takes nothing from anybody',
  (root, others, length) => {
    const cursor = new StreamCursor(seededSource(root, 'a'), 0);
    const given = cursor.take().draw(length);
    const before = hex(given);
    for (let n = 0; n < others; n++) cursor.take().draw(64).fill(0);
    expect(hex(given)).toBe(before);
    expect(hex(cursor.take().draw(64))).toBe(
      hex(new StreamCursor(seededSource(root, 'a'), others + 1).take().draw(64)),
    );
  },
);
