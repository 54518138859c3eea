// Streams of random bytes: what they are made of, whose they are, and that none repeats.

import { createCipheriv, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { derive, StreamCursor, seededSource, streamFor } from '../src/random-streams.ts';

const root = new Uint8Array(32).fill(7);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const cursor = (label = 'Encrypt', next = 0): StreamCursor => new StreamCursor(seededSource(root, label), next);

/** RFC 8439 key stream by node:crypto, which wants the block counter before the nonce. */
function keyStream(label: string, area: number, index: number, length: number): string {
  const key = createHmac('sha256', root).update(`stream\0${label}`).digest();
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(area, 4);
  iv.writeBigUInt64BE(BigInt(index), 8);
  return hex(createCipheriv('chacha20', key, iv).update(Buffer.alloc(length)));
}

test('derive is HMAC-SHA-256 of the purpose', () => {
  expect(hex(derive(root, 'stream\0é'))).toBe(createHmac('sha256', root).update('stream\0é').digest('hex'));
});

describe('a seeded cursor', () => {
  test('hands out the ChaCha20 key stream of its label, one block a request', () => {
    const taken = cursor();
    const blocks = Array.from({ length: 35 }, () => hex(taken.take().draw(64)));
    expect(blocks.join('')).toBe(
      keyStream('Encrypt', 0, 0, 1024) + keyStream('Encrypt', 0, 1, 1024) + keyStream('Encrypt', 0, 2, 3 * 64),
    );
  });

  test('a request that wants more than its block goes on in areas of its own', () => {
    const taken = cursor('Encrypt', 5).take();
    const drawn = [60, 32, 992, 1, 5_000].map((length) => hex(taken.draw(length)));
    expect(drawn).toEqual([
      keyStream('Encrypt', 0, 0, 6 * 64).slice(5 * 64 * 2, (5 * 64 + 60) * 2),
      keyStream('Encrypt', 1, 5, 32),
      keyStream('Encrypt', 1, 5, 1024).slice(64),
      keyStream('Encrypt', 2, 5, 1),
      keyStream('Encrypt', 3, 5, 5_000),
    ]);
  });

  test('can be entered anywhere', () => {
    const first = cursor();
    for (let request = 0; request < 20; request++) first.take();
    expect(hex(cursor('Encrypt', 20).take().draw(64))).toBe(hex(first.take().draw(64)));
    expect(
      hex(
        cursor('Encrypt', 2 ** 40 + 3)
          .take()
          .draw(64),
      ),
    ).toBe(keyStream('Encrypt', 0, 2 ** 36, 4 * 64).slice(3 * 64 * 2));
  });

  test('counts its requests', () => {
    const taken = cursor('Encrypt', 7);
    taken.take();
    taken.take().draw(3_000);
    expect(taken.next).toBe(9);
  });
});

describe('a stream', () => {
  test.each([0, 1, 28, 64, 65, 1024, 1025, 16_384, 20_000, 70_000])(
    'draws as many bytes as asked for: %d',
    (length) => {
      expect(cursor().take().draw(length)).toHaveLength(length);
    },
  );

  test('28 and then 32 bytes are the 60 of one draw', () => {
    const [parts, whole] = [cursor().take(), cursor().take()];
    expect(hex(parts.draw(28)) + hex(parts.draw(32))).toBe(hex(whole.draw(60)));
  });

  test('never repeats itself, however much is drawn', () => {
    const stream = cursor().take();
    const seen = new Set<string>();
    for (let drawn = 0; drawn < 4_000; drawn++) seen.add(hex(stream.draw(16)));
    expect(seen.size).toBe(4_000);
  });

  test('bytes that were drawn belong to the drawer: erasing them changes nothing for anybody', () => {
    const [erasing, quiet] = [cursor(), cursor()];
    const [first, second] = [erasing.take(), erasing.take()];
    for (const length of [20, 30, 900, 400]) first.draw(length).fill(0);
    quiet.take();
    const undisturbed = quiet.take();
    for (const length of [20, 30, 900, 400]) expect(hex(second.draw(length))).toBe(hex(undisturbed.draw(length)));
    expect(hex(erasing.take().draw(64))).toBe(hex(quiet.take().draw(64)));
  });
});

test('100,000 requests draw 100,000 different nonces and IVs', () => {
  const taken = cursor();
  const nonces = new Set<string>();
  const ivs = new Set<string>();
  for (let request = 0; request < 100_000; request++) {
    const random = Buffer.from(taken.take().draw(28));
    nonces.add(random.toString('latin1', 0, 16));
    ivs.add(random.toString('latin1', 16, 28));
  }
  expect([nonces.size, ivs.size]).toEqual([100_000, 100_000]);
});

test('a stream that was given back is taken again, with the same bytes, even when they were erased', () => {
  const given = cursor();
  given.take();
  const drawn = given.take().draw(32);
  const bytes = Uint8Array.from(drawn);
  drawn.fill(0);
  given.giveBack(0);
  expect(given.next).toBe(2);
  given.giveBack(1);
  expect(given.next).toBe(1);
  expect(given.take().draw(32)).toEqual(bytes);
});

test('a stream for a purpose follows from the turn and the purpose, and takes no more of the turn than 32 bytes', () => {
  const drawn = (purpose: string, turns = cursor()): string => hex(streamFor(turns.take(), purpose).draw(300));
  expect(drawn('one')).toBe(drawn('one'));
  expect(drawn('other')).not.toBe(drawn('one'));
  const turns = cursor();
  expect(drawn('one', turns)).not.toBe(drawn('one', turns));
  const [turn, plain] = [cursor().take(), cursor().take()];
  streamFor(turn, 'one');
  plain.draw(32);
  expect(hex(turn.draw(32))).toBe(hex(plain.draw(32)));
});
